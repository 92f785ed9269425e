package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.retention.RetentionAfterBackup;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.function.Consumer;

/**
 * A backup with all that belongs to it: afterwards, backups go that the rules let go, and kept databases whose time has
 * passed. Plan, show the plan, run.
 */
public final class BackupDatabase {
    private final Backup backup;
    private final RetentionAfterBackup retention;
    private final Consumer<Target> expiry;

    /** @param expiry drops kept databases of a server whose time has passed, as well as it can */
    public BackupDatabase(Backup backup, RetentionAfterBackup retention, Consumer<Target> expiry) {
        this.backup = backup;
        this.retention = retention;
        this.expiry = expiry;
    }

    /**
     * The outcome of a backup.
     *
     * @param manifest its metadata, as stored
     * @param removed names of the backups that were removed after it
     */
    public record Outcome(Manifest manifest, List<String> removed) {}

    /**
     * Looks at everything that is needed, before anything is started, and leaves no trace.
     *
     * @throws PgkeepException when the server, its tools, rights or space stand in the way
     */
    public BackupPlan plan(BackupRequest request, Target target) {
        return backup.plan(request, target);
    }

    /**
     * Plans a backup that is to be made: when that fails, the history says so.
     *
     * @throws PgkeepException as {@link #plan} does
     */
    public BackupPlan planToRun(BackupRequest request, Target target) {
        return backup.planToRun(request, target);
    }

    /**
     * Makes the planned backup. Whatever fails after it makes no failure of it.
     *
     * @param told hears of it before kept databases go, which may take a while
     * @throws PgkeepException when it failed; nothing of it is left then
     */
    public Outcome run(BackupPlan plan, Consumer<Outcome> told) {
        Manifest made = backup.run(plan);
        Outcome outcome = new Outcome(made, backup.phases().during("retention", () -> retention.run(made)));
        told.accept(outcome);
        if (plan.keptDatabases()) {
            expiry.accept(plan.target());
        }
        return outcome;
    }
}
