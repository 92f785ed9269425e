package dev.pgkeep.repository.select;

import dev.pgkeep.repository.StoredBackup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The newest backup of one database that will do for something. */
public final class NewestBackup {
    private NewestBackup() {}

    /**
     * The newest backup whose bytes were checked, and of which nothing bad was learned since; safety backups count.
     *
     * @param newestFirst all backups of the repository
     * @param database whose; empty for the dumps of which nobody knows that
     */
    public static Optional<StoredBackup> good(List<StoredBackup> newestFirst, Optional<String> database) {
        return newestFirst.stream()
                .filter(each -> each.database().equals(database) && each.isChecked())
                .findFirst();
    }

    /** The newest good backup of the same database besides this one. */
    public static Optional<StoredBackup> goodBeside(StoredBackup backup, List<StoredBackup> newestFirst) {
        List<StoredBackup> others = newestFirst.stream()
                .filter(each -> !each.name().equals(backup.name()))
                .toList();
        return good(others, backup.database());
    }

    /** Whether this backup is the newest good one of its database, or the newest of these that holds rows. */
    public static boolean isNewestGood(StoredBackup backup, List<StoredBackup> newestFirst) {
        List<StoredBackup> withRows =
                newestFirst.stream().filter(StoredBackup::holdsRows).toList();
        return Stream.of(newestFirst, withRows)
                .flatMap(all -> good(all, backup.database()).stream())
                .anyMatch(each -> each.name().equals(backup.name()));
    }
}
