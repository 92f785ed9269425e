package dev.pgkeep.operation.retention;

import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Pins backups, so that neither retention nor {@link Delete} removes them, and takes pins back. */
public final class Pin {
    private final Repository repository;
    private final Clock clock;

    public Pin(Repository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Pins or unpins backups. All of them are found before the first is marked.
     *
     * @param names at least one
     * @param selector finds the one backup that a name, or a part of one, means
     * @param pinned false takes pins back
     * @param marked is told of each backup as soon as its mark is written
     * @return the names of the backups, in the order of {@code names}
     * @throws dev.pgkeep.base.error.PgkeepException NO_PERMISSION, FILE_FAILED; what the selector throws
     */
    public List<String> run(
            List<String> names, Function<String, StoredBackup> selector, boolean pinned, Consumer<Mark> marked) {
        List<StoredBackup> backups = names.stream().map(selector).toList();
        for (StoredBackup backup : backups) {
            Mark.Type type = pinned ? Mark.Type.PINNED : Mark.Type.UNPINNED;
            Mark mark = new Mark(backup.name(), type, clock.instant(), Map.of());
            repository.mark(mark);
            marked.accept(mark);
        }
        return backups.stream().map(StoredBackup::name).toList();
    }
}
