package dev.pgkeep.repository.select;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.time.Clock;
import java.util.Map;

/** Remembers in a repository which backups turned out to be damaged, so that the next run takes another one. */
public final class DamagedBackups {
    private final Repository repository;
    private final Clock clock;
    private final Progress progress;

    /** @param repository where the damaged backup lies */
    public DamagedBackups(Repository repository, Clock clock, Progress progress) {
        this.repository = repository;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Marks the backup as damaged. Where the repository may only be read, the next reader will find out again.
     *
     * @param problem what was found
     * @param instead what to do, which names the newest good one
     * @return the error to end with, BACKUP_DAMAGED
     */
    public PgkeepException found(StoredBackup backup, PgkeepException problem, String instead) {
        try {
            repository.mark(new Mark(
                    backup.name(), Mark.Type.DAMAGED, clock.instant(), Map.of("problem", problem.getMessage())));
        } catch (PgkeepException e) {
            progress.note("cannot mark it as damaged: " + e.getMessage());
        }
        return new PgkeepException(
                ErrorCode.BACKUP_DAMAGED,
                backup.name() + " is damaged, nothing was changed: " + problem.getMessage(),
                instead,
                problem);
    }
}
