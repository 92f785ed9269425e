package dev.pgkeep.operation.backup;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Summary;
import dev.pgkeep.repository.StoredBackup;
import java.util.List;
import java.util.Optional;

/** Tells whether a backup that holds no rows should hold some: of another database, or of one that lost them. */
final class LostRows {
    private LostRows() {}

    /**
     * One line for people, where there is something to look at.
     *
     * @param made the new backup
     * @param newestFirst the backups before it
     * @param amongAll whether it is one of a whole server, where some are always empty
     */
    static Optional<String> warning(Manifest made, List<StoredBackup> newestFirst, boolean amongAll) {
        if (made.rows() > 0 || made.content() == Manifest.Content.SCHEMA) {
            return Optional.empty();
        }
        Optional<StoredBackup> before = newestFirst.stream()
                .filter(backup -> !backup.isDamaged() && backup.holdsRows())
                .filter(backup -> backup.summary()
                        .filter(summary -> isAlike(summary, made))
                        .isPresent())
                .findFirst();
        String where = made.database() + " on " + made.server().host();
        if (before.isPresent()) {
            return Optional.of(
                    "this backup holds no rows, while " + before.get().name()
                            + " holds some: is " + where + " the right database, and was it emptied on purpose?"
                            + " (backups with rows are not displaced by it)");
        }
        return !amongAll && made.isWhole() && made.tables().isEmpty()
                ? Optional.of("the database is empty: it has no tables; is " + where + " the right one?")
                : Optional.empty();
    }

    private static boolean isAlike(Summary before, Manifest made) {
        return before.database().equals(made.database())
                && before.content() == made.content()
                && before.filters().equals(made.filters());
    }
}
