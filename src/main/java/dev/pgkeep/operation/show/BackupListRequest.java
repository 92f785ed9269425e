package dev.pgkeep.operation.show;

import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.repository.StoredBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The request of a listing: which backups, and in which order. A backup is listed that fits all that is given.
 *
 * @param database backups of it, and those of which nobody knows whose they are
 * @param label a part of the backup's label
 * @param youngerThan an age
 */
public record BackupListRequest(
        Optional<String> database,
        Optional<Kind> kind,
        Optional<String> label,
        Optional<Duration> youngerThan,
        Order order) {

    /** The order of a listing: what comes first. */
    public enum Order {
        /** The newest. */
        AGE,
        /** The largest. */
        SIZE,
        /** The first in the alphabet. */
        NAME,
        /** The kind that is the first in the alphabet, and of a kind the newest. */
        KIND;

        Comparator<StoredBackup> comparator() {
            return this == AGE ? StoredBackup.NEWEST_FIRST : other();
        }

        /** The comparators that few ask for, apart, so that a listing loads nothing for them. */
        private Comparator<StoredBackup> other() {
            return switch (this) {
                case AGE -> StoredBackup.NEWEST_FIRST;
                case SIZE -> Comparator.comparingLong(StoredBackup::bytes).reversed();
                case NAME -> Comparator.comparing(StoredBackup::name);
                case KIND ->
                    Comparator.comparing((StoredBackup backup) ->
                                    backup.kind().map(Object::toString).orElse(""))
                            .thenComparing(StoredBackup.NEWEST_FIRST);
            };
        }
    }

    boolean fits(StoredBackup backup, Instant now) {
        return isOfDatabase(backup)
                && (kind.isEmpty() || backup.kind().equals(kind))
                && (label.isEmpty() || backup.label().orElse("").contains(label.get()))
                && (youngerThan.isEmpty() || backup.created().isAfter(now.minus(youngerThan.get())));
    }

    private boolean isOfDatabase(StoredBackup backup) {
        return database.isEmpty()
                || backup.database().isEmpty()
                || backup.database().equals(database);
    }
}
