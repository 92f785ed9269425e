package dev.pgkeep.bench;

import java.util.Optional;

/**
 * Something that is measured.
 *
 * @param title how the report calls it
 * @param kind what it is compared with
 * @param flavour which pgkeep does it; empty: another program
 */
record Step(String title, Kind kind, Optional<Flavour.Kind> flavour) {
    enum Kind {
        /** What pg_dump does when nobody says anything. */
        DUMP,
        PARALLEL_DUMP,
        LIMIT,
        FULL,
        UNCHANGED,
        APPENDED,
        UPDATED,
        PG_RESTORE,
        /** pg_restore, and planner statistics as pgkeep leaves them. */
        PG_RESTORE_ANALYZED,
        RESTORE,
        /** The contents are not compared with the backup afterwards. */
        RESTORE_UNPROVEN,
        /** Only what differs from the backup is replaced. */
        DELTA_RESTORE,
        /** A first backup of a small database, from start to end. */
        SMALL_BACKUP,
        LIST,
        /** Anything else, which the report compares by itself. */
        OTHER;

        boolean isRestore() {
            return this == PG_RESTORE || this == PG_RESTORE_ANALYZED || this == RESTORE || this == RESTORE_UNPROVEN
                    || this == DELTA_RESTORE;
        }

        /** Whether it is of the same database as the dumps, and therefore to be compared with them. */
        boolean isBackup() {
            return this == DUMP || this == PARALLEL_DUMP || this == FULL || isLater();
        }

        /** A backup after another one of the same database. */
        boolean isLater() {
            return this == UNCHANGED || this == APPENDED || this == UPDATED;
        }
    }

    static Step of(String title, Kind kind) {
        return new Step(title, kind, Optional.empty());
    }

    static Step of(String title, Kind kind, Flavour flavour) {
        return new Step(title + " (" + flavour.kind() + ")", kind, Optional.of(flavour.kind()));
    }
}
