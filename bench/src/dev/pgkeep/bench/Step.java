package dev.pgkeep.bench;

/**
 * Something that is measured.
 *
 * @param title how the report calls it
 * @param kind what it is compared with
 */
record Step(String title, Kind kind) {
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
        RESTORE;

        boolean isPgkeep() {
            return this == FULL || this == UNCHANGED || this == APPENDED || this == UPDATED || this == RESTORE;
        }

        boolean isRestore() {
            return this == PG_RESTORE || this == PG_RESTORE_ANALYZED || this == RESTORE;
        }
    }
}
