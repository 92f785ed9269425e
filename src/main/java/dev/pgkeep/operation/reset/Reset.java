package dev.pgkeep.operation.reset;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.operation.restore.plan.ReplicationSlots;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.admin.TargetServer;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.migrations.MigrationHistory;
import dev.pgkeep.postgres.swap.KeptDatabaseComment;
import dev.pgkeep.repository.Repository;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a database empty and has the application fill it again: plan it, show the plan and ask, run it. */
public final class Reset {
    /** The name of such runs in the history. */
    public static final String COMMAND = "reset";

    private final Connector connector;
    private final Repository repository;
    private final SafetyBackup safetyBackup;
    private final Optional<String> migrationsQuery;
    private final Duration keepOld;
    private final RunContext context;
    private final Progress progress;
    private final Cancellation cancellation;

    /**
     * Wires a reset.
     *
     * @param keepOld how long the old database is kept where a killed run could not drop it
     */
    public Reset(
            Connector connector,
            Repository repository,
            SafetyBackup safetyBackup,
            Optional<String> migrationsQuery,
            Duration keepOld,
            RunContext context) {
        this.connector = connector;
        this.repository = repository;
        this.safetyBackup = safetyBackup;
        this.migrationsQuery = migrationsQuery;
        this.keepOld = keepOld;
        this.context = context;
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /**
     * Looks at what would be lost; changes nothing.
     *
     * @throws PgkeepException PREFLIGHT_FAILED when it cannot be made empty
     */
    public ResetPlan plan(Target target, List<SeedCommand> steps) {
        progress.step("Looking at " + target.describe());
        EmptyDatabasePlan emptying = new EmptyDatabasePlanner(connector, repository).plan(target);
        if (emptying.way() == EmptyDatabaseMode.REPLACE) {
            slots(emptying.target());
        }
        Optional<String> doubt = emptying.isDestructive() ? safetyBackup.doubt(emptying.target()) : Optional.empty();
        if (doubt.isPresent() && emptying.way() == EmptyDatabaseMode.CLEAN) {
            throw new PgkeepException(
                    ErrorCode.PREFLIGHT_FAILED,
                    doubt.get() + "; there would be no way back",
                    "mend that first, or have it reset by a role that may create databases");
        }
        return new ResetPlan(
                emptying, emptying.isDestructive() ? newest(emptying.target()) : Optional.empty(), steps, doubt);
    }

    private void slots(Target target) {
        try (Connection beside = TargetServer.open(connector, target)) {
            ReplicationSlots.find(beside, target.database(), false).ifPresent(found -> progress.warn(found.text()));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking for replication slots of " + target.database());
        }
    }

    /**
     * Executes the plan.
     *
     * @param extensions whether extensions are created again before the first step
     * @param routine whether nothing is asked unless the database is protected
     * @param confirm asked before the first change, where there is something to lose
     * @throws PgkeepException REFUSED; when it failed the message says what became of the database, the hint how to go
     *     back
     */
    public ResetOutcome run(ResetPlan plan, boolean extensions, boolean routine, Confirm confirm) {
        EmptyDatabasePlan emptying = plan.emptying();
        if (emptying.isDestructive()) {
            confirm.ask(new Stake(
                    emptying.target(), emptying.isProtected(), "lose everything in " + plan.database(), routine));
        }
        return run(plan, extensions);
    }

    /**
     * Executes the plan; the caller has asked.
     *
     * @param extensions whether extensions are created again before the first step
     * @throws PgkeepException when it failed; the message says what became of the database, the hint how to go back
     */
    ResetOutcome run(ResetPlan plan, boolean extensions) {
        EmptyDatabasePlan emptying = plan.emptying();
        RecordedRun run = RecordedRun.of(context, COMMAND, emptying.target()).onProtected(emptying.isProtected());
        return run.run(() -> {
            try (EmptyDatabase work = EmptyDatabase.begin(emptying, connector, progress, cancellation, extensions)) {
                backUp(emptying, run);
                boolean keeps = plan.doubt().isPresent() || isDoubtful(emptying);
                prepare(plan, work);
                work.reserve(note(plan)).ifPresent(run::keeps);
                run.mustBegin("nothing was changed");
                empty(plan, work, run.safety());
                Map<String, Duration> took = fill(plan, work, run);
                if (!keeps) {
                    work.settle();
                }
                return run.end(
                        new Done<>(look(plan, work, run.safety(), took)),
                        done -> done.rows().size() + " tables with " + done.totalRows() + " rows");
            }
        });
    }

    private void backUp(EmptyDatabasePlan plan, RecordedRun run) {
        if (plan.isDestructive()) {
            run.backUp(safetyBackup, plan.target(), "nothing was changed");
        } else {
            // What a reset before it lost and could not replace is still the way back.
            run.goesBackTo(new PastRuns(context.history().runs(), plan.target()).unfinished(COMMAND));
            cancellation.check();
        }
    }

    /** Whether the safety backup would not load, which a superuser may find out only now that somebody was asked. */
    private boolean isDoubtful(EmptyDatabasePlan plan) {
        if (!plan.isDestructive() || !plan.server().superuser() || plan.way() == EmptyDatabaseMode.CLEAN) {
            return false;
        }
        Optional<String> doubt = safetyBackup.doubtAfterTheQuestion(plan.target());
        doubt.ifPresent(why -> progress.warn(why + " – so the database itself is kept for a while"));
        return doubt.isPresent();
    }

    private void prepare(ResetPlan plan, EmptyDatabase work) {
        progress.step("Creating an empty " + plan.database());
        try {
            work.prepare();
            cancellation.check();
        } catch (PgkeepException e) {
            throw e.during("nothing was changed");
        }
    }

    private KeptDatabaseComment note(ResetPlan plan) {
        Instant now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return new KeptDatabaseComment(plan.database(), now, now.plus(keepOld), COMMAND, "an empty database");
    }

    private static void empty(ResetPlan plan, EmptyDatabase work, Optional<String> safety) {
        try {
            work.run();
        } catch (PgkeepException e) {
            if (!work.isTouched() && e.code() != ErrorCode.SERVER_LOST) {
                throw e.during("nothing was changed");
            }
            throw wayBack(e, "making " + plan.database() + " empty failed: " + e.getMessage(), safety);
        }
    }

    /** Runs the application's commands; where one fails, the old database gets its name back, if it is still there. */
    private Map<String, Duration> fill(ResetPlan plan, EmptyDatabase work, RecordedRun run) {
        Map<String, Duration> took = new LinkedHashMap<>();
        try {
            for (SeedCommand step : plan.steps()) {
                took.put(step.name(), run(plan, step).took());
            }
            return took;
        } catch (PgkeepException e) {
            throw failed(plan, work, run, e);
        }
    }

    private PgkeepException failed(ResetPlan plan, EmptyDatabase work, RecordedRun run, PgkeepException failure) {
        String database = plan.database();
        try {
            if (work.takeBack()) {
                return new PgkeepException(
                        failure.code(),
                        failure.getMessage() + "; " + database + " is as it was before",
                        "mend it and begin again: pgkeep reset",
                        failure);
            }
        } catch (PgkeepException e) {
            failure.addSuppressed(e);
            progress.warn(database + " did not get its name back: " + e.getMessage());
        }
        return wayBack(
                failure, failure.getMessage() + "; " + database + " holds only what was made until then", run.safety());
    }

    private SeedCommand.Result run(ResetPlan plan, SeedCommand step) {
        cancellation.check();
        SeedCommand.Result result = step.runner().apply(plan.emptying().target());
        cancellation.check();
        if (result.failure().isEmpty()) {
            return result;
        }
        throw new PgkeepException(
                ErrorCode.COMMAND_FAILED,
                "the " + step.name() + " command (" + step.command() + ") "
                        + result.failure().get(),
                "run it by itself to see why");
    }

    /** The database is not what it was: say how to get it back, and how to go on. */
    private static PgkeepException wayBack(PgkeepException cause, String message, Optional<String> safety) {
        return new PgkeepException(
                cause.code(),
                message,
                safety.map(name -> "back to how it was: pgkeep undo   (it restores " + name
                                + "); or mend it and begin again: pgkeep reset")
                        .orElse("nothing was there before; mend it and begin again: pgkeep reset"),
                cause);
    }

    private ResetOutcome look(ResetPlan plan, EmptyDatabase work, Optional<String> safety, Map<String, Duration> took) {
        Target target = plan.emptying().target();
        progress.step("Counting what is there now");
        try (Connection connection = connector.open(target, "pgkeep");
                var registration = cancellation.onCancel(() -> SessionTermination.abort(connection))) {
            return new ResetOutcome(
                    target,
                    safety,
                    took,
                    Inventory.rows(connection),
                    MigrationHistory.readAll(connection, migrationsQuery),
                    work.notes());
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "counting what is there now");
        } catch (PgkeepException e) {
            throw wayBack(e, plan.database() + " was reset, but could not be looked at: " + e.getMessage(), safety);
        }
    }

    private Optional<NewestRow> newest(Target target) {
        try (Connection connection = connector.open(target, "pgkeep")) {
            return NewestRow.find(connection);
        } catch (SQLException | PgkeepException e) {
            return Optional.empty();
        }
    }
}
