package dev.pgkeep.restore;

import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.manifest.Run;
import dev.pgkeep.repository.Repository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The history's record of one restore. It is written before the first destructive step, so that undo knows the way back
 * even when this run is killed, and again when it ends.
 */
final class RunRecord {
    private final Repository repository;
    private final Clock clock;
    private final RestorePlan plan;
    private final String command;
    private final Instant started;
    private final String id;
    private Optional<String> safetyBackup = Optional.empty();

    RunRecord(Repository repository, Clock clock, RestorePlan plan, String command) {
        this.repository = repository;
        this.clock = clock;
        this.plan = plan;
        this.command = command;
        this.started = clock.instant();
        this.id = Repository.runId(started);
    }

    void begun(Optional<String> safety) {
        safetyBackup = safety;
        write(Run.RUNNING, "interrupted while restoring");
    }

    void ended(int tables) {
        write(Run.DONE, tables + " tables compared");
    }

    void failed(PgkeepException failure) {
        try {
            write(failure.code().text(), failure.getMessage());
        } catch (PgkeepException e) {
            failure.addSuppressed(e);
        }
    }

    private void write(String outcome, String message) {
        repository.record(new Run(
                id,
                command,
                plan.target().database(),
                plan.target().describeServer(),
                started,
                Duration.between(started, clock.instant()).toMillis() / 1000.0,
                outcome,
                message,
                plan.source().name(),
                safetyBackup.orElse(null),
                plan.source().manifest().map(each -> each.bytes()).orElse(0L)));
    }
}
