package dev.pgkeep.operation.guard;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.appcommand.CommandResult;
import dev.pgkeep.operation.guard.GuardOutcome.Done;
import dev.pgkeep.operation.guard.GuardOutcome.Ended;
import dev.pgkeep.operation.guard.GuardOutcome.Failed;
import dev.pgkeep.operation.guard.GuardOutcome.Ran;
import dev.pgkeep.operation.guard.GuardOutcome.RolledBack;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.RunOutcome;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.snapshot.ChangeLock;
import dev.pgkeep.repository.Repository;
import java.util.Optional;

/** Runs a command that changes a database: plan it, show the plan, run it. */
public final class GuardedRun {
    /** Makes backups. */
    @FunctionalInterface
    public interface Backups {
        /** Backs up that database and returns the backup's metadata; throws when it could not. */
        Manifest make(Kind kind, Target target);
    }

    private final Connector connector;
    private final Repository repository;
    private final Backups backups;
    private final Restore restore;
    private final GuardSettings settings;
    private final RunContext context;
    private final Progress progress;
    private final Cancellation cancellation;
    private final DatabaseStateReader looking;

    public GuardedRun(
            Connector connector,
            Repository repository,
            Backups backups,
            Restore restore,
            GuardSettings settings,
            RunContext context) {
        this.connector = connector;
        this.repository = repository;
        this.backups = backups;
        this.restore = restore;
        this.settings = settings;
        this.context = context;
        this.progress = context.progress();
        this.cancellation = context.cancellation();
        this.looking = new DatabaseStateReader(connector, settings.migrationsQuery(), cancellation);
    }

    /**
     * Looks at everything, changing nothing.
     *
     * @throws PgkeepException USAGE when there is no such program, and what keeps the database from being looked at
     */
    public GuardPlan plan(GuardRequest request, Target target) {
        request.command().requireProgram(request.place());
        request.check().ifPresent(check -> check.requireProgram(request.checkPlace()));
        return new GuardPlanner(connector, looking, settings.codeFolder()).plan(request, connector.settle(target));
    }

    /**
     * Backs up, runs the command, and does what the request wants of success and failure.
     *
     * @return how it ended, also when the command failed or was interrupted
     * @throws PgkeepException when it failed before the command began: the database is as it was
     */
    public GuardOutcome run(GuardPlan shown) {
        GuardRequest request = shown.request();
        Target target = shown.target();
        try (ChangeLock lock = ChangeLock.take(
                connector,
                target,
                "pgkeep " + request.name() + " " + settings.identity(),
                request.waits(),
                progress,
                cancellation)) {
            // Whoever was at work before may have changed everything.
            GuardPlan plan = new GuardPlanner(connector, looking, settings.codeFolder()).plan(request, target);
            if (plan.isIdle()) {
                return new GuardOutcome.Idle(plan);
            }
            RecordedRun run = RecordedRun.of(context, request.name(), target);
            return run.run(() -> guarded(plan, lock, run));
        }
    }

    private Ended guarded(GuardPlan plan, ChangeLock lock, RecordedRun run) {
        Manifest safety =
                SafetyBackup.orNothing(() -> backups.make(plan.request().safety(), plan.target()), "nothing was run");
        GuardPlan whole = plan.withRowsOf(safety);
        cancellation.check();
        begin(whole, run, safety);
        GuardedCommand work =
                new GuardedCommand(whole.request(), whole.target(), settings.clearStage(), progress, cancellation);
        CommandResult command = work.command();
        Optional<CommandResult> check = command.isGood() ? work.check() : Optional.empty();
        Optional<PgkeepException> failure = work.failure(command, check);
        Optional<DatabaseState> after = lookAfter(whole, command);
        Ran ran = new Ran(whole, safety, command, check, after);
        Ended outcome = failure.isEmpty() ? new Done(ran, backUpAfter(whole)) : failed(ran, failure.get(), lock);
        noteChange(run, outcome);
        return run.end(came(outcome), done -> command.command() + " " + command.describe());
    }

    private Failed failed(Ran ran, PgkeepException cause, ChangeLock lock) {
        Optional<RolledBack> rollback =
                goesBack(ran.plan()) ? Optional.of(goBack(ran.plan(), ran.safetyBackup(), lock)) : Optional.empty();
        return new Failed(ran, rollback, FailureReport.of(ran.plan(), cause, rollback));
    }

    /** Writes down that the run begins: without its record nobody would find the way back. */
    private static void begin(GuardPlan plan, RecordedRun run, Manifest safety) {
        run.change(
                Run.Change.begun(plan.request().command().text(), plan.before().noted()));
        run.onProtected(plan.isProtected());
        run.goesBackTo(Optional.of(safety.name()));
        run.mustBegin("nothing was run");
    }

    private Optional<DatabaseState> lookAfter(GuardPlan plan, CommandResult command) {
        try {
            var stragglers = new OrphanedBackends(
                    connector, plan.target(), plan.request().place().sessionName(), progress);
            if (command.wasKilled()) {
                stragglers.end(plan.connections());
            }
            if (cancellation.isCancelled()) {
                return Optional.empty();
            }
            progress.step("Looking at what changed");
            if (!command.wasKilled()) {
                stragglers.name();
            }
            return Optional.of(looking.whole(plan.target()));
        } catch (PgkeepException e) {
            progress.warn("what changed could not be seen: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether the run goes back by itself: after Ctrl-C nothing more is begun, and undo is one line away. */
    private boolean goesBack(GuardPlan plan) {
        return plan.request().rollback() && !cancellation.isCancelled();
    }

    private RolledBack goBack(GuardPlan plan, Manifest safety, ChangeLock lock) {
        lock.letRestoreIn();
        return new Rollback(repository, restore, looking, progress).to(safety, plan);
    }

    private Optional<Manifest> backUpAfter(GuardPlan plan) {
        try {
            return plan.request().after().map(kind -> backups.make(kind, plan.target()));
        } catch (PgkeepException e) {
            progress.warn("the backup afterwards failed: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void noteChange(RecordedRun run, Ended outcome) {
        CommandResult command = outcome.ran().command();
        run.change(new Run.Change(
                command.command(),
                command.status(),
                command.took().toMillis() / 1000.0,
                command.wasKilled(),
                outcome.plan().before().noted(),
                outcome.ran().after().map(DatabaseState::noted).orElse(null)));
    }

    private static RunOutcome<Ended> came(Ended outcome) {
        return switch (outcome) {
            case Failed failed -> new RunOutcome.Reported<>(outcome, failed.failure());
            case Done done -> new RunOutcome.Done<>(outcome);
        };
    }
}
