package dev.pgkeep.operation.restore;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.load.BackupLoader;
import dev.pgkeep.operation.restore.load.DeferredHook;
import dev.pgkeep.operation.restore.load.FreshDatabase;
import dev.pgkeep.operation.restore.load.GlobalsLoad;
import dev.pgkeep.operation.restore.load.LoadRole;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.operation.restore.plan.Finding;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestorePlanner;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.rehearsal.Rehearsal;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.restore.swap.Replacement;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.catalog.WriteCount;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.repository.FileLockHandle;
import dev.pgkeep.repository.Repository;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Restores a database: plan it, show the plan and ask, run it. */
public final class Restore {
    private final Connector connector;
    private final Supplier<ClientTools> tools;
    private final Repository repository;
    private final SafetyBackup safetyBackup;
    private final Path codeFolder;
    private final RunContext context;
    private final Progress progress;
    private final Cancellation cancellation;

    /**
     * @param tools finds the client programs; asked when a restore is planned, which not every way back is
     * @param repository where the backups are that are restored, which need not be that of the target
     * @param context with the history of the target's own repository
     */
    public Restore(
            Connector connector,
            Supplier<ClientTools> tools,
            Repository repository,
            SafetyBackup safetyBackup,
            Path codeFolder,
            RunContext context) {
        this.connector = connector;
        this.tools = tools;
        this.repository = repository;
        this.safetyBackup = safetyBackup;
        this.codeFolder = codeFolder;
        this.context = context;
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /**
     * Reads the backup through and looks at the target, changing nothing; what may be refused is rehearsed in a
     * database that is dropped again, or in a transaction that is taken back.
     *
     * @throws PgkeepException BACKUP_DAMAGED, or what keeps the server from being looked at; obstacles are in the plan
     */
    public RestorePlan plan(RestoreSource source, RestoreRequest request) {
        try (FileLockHandle lease = lease(source)) {
            if (source.backup().isPresent() && !lease.protects()) {
                progress.note("the repository may only be read, so nothing keeps others from removing this backup"
                        + " meanwhile; every part of it is checked as it is read");
            }
            ClientTools programs = tools.get();
            RestorePlan plan = new RestorePlanner(connector, programs, repository, codeFolder, progress, cancellation)
                    .plan(source, request);
            try (Phases.Open open = progress.phases().begin("rehearsal")) {
                return new Rehearsal(connector, programs, progress, cancellation).of(plan);
            }
        }
    }

    /** @throws PgkeepException PREFLIGHT_FAILED naming everything that stands in the way */
    public static void refuseBlocked(RestorePlan plan) {
        List<Finding> blocking = plan.blocking();
        if (!blocking.isEmpty()) {
            throw new PgkeepException(
                    code(plan),
                    blocking.stream().map(Finding::text).collect(Collectors.joining("; ")),
                    blocking.stream().map(Finding::hint).collect(Collectors.joining("; ")));
        }
    }

    /**
     * Executes the plan; the caller has asked.
     *
     * @param command how the history names this run: {@code restore} or {@code undo}
     * @param hook what is done with the restored database before it gets its name
     * @throws PgkeepException when it failed; the message says what became of the target
     */
    public RestoreOutcome run(RestorePlan plan, String command, PostLoadHook hook) {
        refuseBlocked(plan);
        RecordedRun run = record(plan, command);
        return run.run(() -> {
            try (FileLockHandle lease = lease(plan.source());
                    ServerSession session = session(plan)) {
                session.lock(plan.target().database());
                session.dropLeftovers().forEach(progress::note);
                Optional<WriteCount> written = written(plan);
                backUp(plan, command, run);
                return plan.way() == RestoreMode.REPLACE
                        ? replace(safe(plan), session, command, run, hook, written)
                        : fill(plan, session, command, run, hook);
            }
        });
    }

    private RecordedRun record(RestorePlan plan, String command) {
        return RecordedRun.of(context, command, plan.target())
                .with(
                        plan.source().name(),
                        plan.source().manifest().map(Manifest::bytes).orElse(0L))
                .onProtected(plan.isProtected());
    }

    /** The plan with the old database kept, where that is found out only now. */
    private RestorePlan safe(RestorePlan plan) {
        try {
            return new Rehearsal(connector, tools.get(), progress, cancellation).afterTheQuestion(plan);
        } catch (PgkeepException e) {
            throw e.during("nothing was changed");
        }
    }

    /** How much was written to a database that is going to be dropped, before its safety backup begins. */
    private Optional<WriteCount> written(RestorePlan plan) {
        if (plan.way() != RestoreMode.REPLACE || plan.keepsOld() || !plan.needsSafetyBackup()) {
            return Optional.empty();
        }
        try (Connection inside = connector.open(plan.target(), "pgkeep")) {
            return Optional.of(WriteCount.read(inside, plan.target().database()));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking how much was written");
        }
    }

    private void backUp(RestorePlan plan, String command, RecordedRun run) {
        if (plan.needsSafetyBackup()) {
            progress.phases()
                    .during("safety backup", () -> run.backUp(safetyBackup, plan.target(), "nothing was changed"));
            return;
        }
        if (command.equals(PastRuns.UNDO)) {
            // Where a killed one dropped the database, its safety backup still is what the one that goes on can be
            // undone by.
            run.goesBackTo(new PastRuns(context.history().runs(), plan.target()).unfinished(command));
        }
        cancellation.check();
    }

    /** Creates the target, or has what there is take the backup in. */
    private RestoreOutcome fill(
            RestorePlan plan, ServerSession session, String command, RecordedRun run, PostLoadHook hook) {
        run.begin("nothing was changed");
        DeferredHook prepared = new DeferredHook(hook);
        List<String> notes = globals(plan, session);
        Optional<String> wayBack = wayBack(command, run.safety());
        Comparison comparison = switch (plan.way()) {
            case CREATE -> create(plan, session, notes, prepared);
            case DELTA -> new BackupLoader(plan, connector, progress, cancellation).delta(plan.target());
            case CLEAN -> replaceInside(plan, notes);
            case ADD -> plan.request().clean() ? replaceInside(plan, notes) : loadInside(plan, wayBack, notes);
            case FILL -> loadInside(plan, wayBack, notes);
            case ROWS -> loadRows(plan, notes);
            case REPLACE -> throw new IllegalStateException("what is replaced is not filled");
        };
        if (!hook.belongsToLoad()) {
            prepared.run(plan.target());
        }
        RestoreOutcome outcome =
                new RestoreOutcome(plan.target(), comparison, run.safety(), Optional.empty(), plan.missing(), notes);
        return run.end(prepared.outcome(outcome), ended -> said(plan, ended));
    }

    /**
     * Restores beside the target and exchanges the names: nothing is changed before that, and only then is there
     * something to undo.
     */
    private RestoreOutcome replace(
            RestorePlan plan,
            ServerSession session,
            String command,
            RecordedRun run,
            PostLoadHook hook,
            Optional<WriteCount> written) {
        List<String> notes = globals(plan, session);
        Replacement.Result result = new Replacement(plan, connector, session, hook, written, context)
                .run(
                        command,
                        kept -> {
                            kept.ifPresent(run::keeps);
                            run.begin();
                        },
                        notes);
        result.swapped().kept().ifPresent(kept -> run.keeps(kept.name()));
        return run.end(
                new Done<>(new RestoreOutcome(
                        plan.target(),
                        result.comparison(),
                        run.safety(),
                        Optional.of(result.swapped()),
                        plan.missing(),
                        notes)),
                ended -> said(plan, ended));
    }

    private static String said(RestorePlan plan, RestoreOutcome outcome) {
        return plan.skipsProof()
                ? "not compared with the backup (--no-proof)"
                : outcome.comparison().describe() + " compared";
    }

    private FileLockHandle lease(RestoreSource source) {
        return source.backup().map(repository::lease).orElseGet(() -> FileLockHandle.none());
    }

    private List<String> globals(RestorePlan plan, ServerSession session) {
        List<String> notes = new ArrayList<>();
        if (plan.request().globals()) {
            progress.step("Restoring roles and tablespaces");
            notes.addAll(new GlobalsLoad(plan, repository, connector, session.connection(), cancellation).run());
        }
        return notes;
    }

    private Comparison create(RestorePlan plan, ServerSession session, List<String> notes, DeferredHook hook) {
        try (FreshDatabase fresh = new FreshDatabase(plan, connector, session, "restoring", progress, cancellation)) {
            fresh.create();
            Comparison comparison = fresh.fill(!hook.belongsToLoad());
            comparison.orThrow("the restored database");
            if (hook.belongsToLoad()) {
                hook.run(fresh.target());
                fresh.analyze();
            }
            fresh.equip();
            hook.run(fresh.target());
            cancellation.check();
            fresh.become(plan.target().database());
            notes.addAll(fresh.notes());
            return comparison;
        } catch (PgkeepException e) {
            throw e.during("nothing was changed");
        }
    }

    /** The way back to how the database was; an undo that is run again goes on to where the first one was going. */
    private static Optional<String> wayBack(String command, Optional<String> safety) {
        return safety.map(name -> command.equals(PastRuns.UNDO)
                ? "go on: pgkeep undo; or go back to how it was before: pgkeep restore " + name
                : "go back to how it was: pgkeep undo   (it restores " + name + ")");
    }

    /** Replaces what is in the database, or tables of it: all of it or nothing. */
    private Comparison replaceInside(RestorePlan plan, List<String> notes) {
        plan.request()
                .as()
                .ifPresent(role -> LoadRole.rehearse(
                        connector, plan.target(), plan.target().database(), role));
        return new BackupLoader(plan, connector, progress, cancellation).inPlace(plan.target(), notes);
    }

    private Comparison loadInside(RestorePlan plan, Optional<String> wayBack, List<String> notes) {
        try {
            Comparison comparison =
                    new BackupLoader(plan, connector, progress, cancellation).into(plan.target(), true, notes);
            comparison.orThrow("the restored database");
            return comparison;
        } catch (PgkeepException e) {
            throw halfDone(plan, wayBack, e);
        }
    }

    private static PgkeepException halfDone(RestorePlan plan, Optional<String> wayBack, PgkeepException cause) {
        return new PgkeepException(
                cause.code(),
                plan.target().database() + " was restored in part only: " + cause.getMessage(),
                wayBack.orElse(cause.hint()),
                cause);
    }

    private Comparison loadRows(RestorePlan plan, List<String> notes) {
        Comparison comparison = new BackupLoader(plan, connector, progress, cancellation).rows(plan.target(), notes);
        comparison.orThrow("the database");
        return comparison;
    }

    /** Whole databases are handled from beside; what is done inside one needs no right to connect anywhere else. */
    private ServerSession session(RestorePlan plan) {
        return switch (plan.way()) {
            case CREATE, REPLACE -> ServerSession.open(connector, plan.target());
            case DELTA, CLEAN, FILL, ADD, ROWS -> ServerSession.inside(connector, plan.target());
        };
    }

    private static ErrorCode code(RestorePlan plan) {
        boolean filled = plan.way() == RestoreMode.FILL
                && plan.existing().filter(each -> !each.isEmpty()).isPresent();
        return filled ? ErrorCode.TARGET_NOT_EMPTY : ErrorCode.PREFLIGHT_FAILED;
    }
}
