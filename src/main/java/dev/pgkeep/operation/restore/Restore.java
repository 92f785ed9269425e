package dev.pgkeep.operation.restore;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
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
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.restore.swap.Swapping;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.operation.run.RunRecord;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.admin.DropAllObjects;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.repository.FileLockHandle;
import dev.pgkeep.repository.Repository;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Restores a database: plan it, show the plan and ask, run it. */
public final class Restore {
    private final Connector connector;
    private final ClientTools tools;
    private final Repository repository;
    private final Repository history;
    private final SafetyBackup safetyBackup;
    private final Path codeFolder;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    public Restore(
            Connector connector,
            ClientTools tools,
            Repository repository,
            SafetyBackup safetyBackup,
            Path codeFolder,
            Clock clock,
            Progress progress,
            Cancellation cancellation) {
        this(connector, tools, repository, repository, safetyBackup, codeFolder, clock, progress, cancellation);
    }

    /**
     * One that restores from another repository than the target's own.
     *
     * @param repository where the backups are that are restored
     * @param history where runs are recorded, and safety backups made: that of the target
     */
    public Restore(
            Connector connector,
            ClientTools tools,
            Repository repository,
            Repository history,
            SafetyBackup safetyBackup,
            Path codeFolder,
            Clock clock,
            Progress progress,
            Cancellation cancellation) {
        this.connector = connector;
        this.tools = tools;
        this.repository = repository;
        this.history = history;
        this.safetyBackup = safetyBackup;
        this.codeFolder = codeFolder;
        this.clock = clock;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Reads the backup through and looks at the target, changing nothing.
     *
     * @throws PgkeepException BACKUP_DAMAGED, or what keeps the server from being looked at; obstacles are in the plan
     */
    public RestorePlan plan(RestoreSource source, RestoreRequest request) {
        try (FileLockHandle lease = lease(source)) {
            if (source.backup().isPresent() && !lease.protects()) {
                progress.note("the repository may only be read, so nothing keeps others from removing this backup"
                        + " meanwhile; every part of it is checked as it is read");
            }
            return new RestorePlanner(connector, tools, repository, codeFolder, progress, cancellation)
                    .plan(source, request);
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
     * @throws PgkeepException when it failed; the message says what became of the target
     */
    public RestoreOutcome run(RestorePlan plan, String command) {
        return run(plan, command, PostLoadHook.NOTHING);
    }

    /**
     * The same, with something done to a database that is created anew after it was loaded and compared, and before it
     * takes its name and anybody can see it. (Ways that load into a database that is there have no such moment.)
     *
     * @param unnamed what is done; when it fails, the restore has failed
     */
    public RestoreOutcome run(RestorePlan plan, String command, Optional<Consumer<Target>> unnamed) {
        return run(plan, command, unnamed, PostLoadHook.NOTHING);
    }

    /**
     * Executes the plan; the caller has asked.
     *
     * @param afterLoad what is done with the restored database before it gets its name. Where there is nothing to fall
     *     back to it gets it even if that fails, and the failure is thrown then
     */
    public RestoreOutcome run(RestorePlan plan, String command, PostLoadHook afterLoad) {
        return run(plan, command, Optional.empty(), afterLoad);
    }

    private RestoreOutcome run(
            RestorePlan plan, String command, Optional<Consumer<Target>> unnamed, PostLoadHook afterLoad) {
        refuseBlocked(plan);
        RunRecord record = new RunRecord(history, clock, command, plan.target());
        record.of(
                plan.source().name(),
                plan.source().manifest().map(Manifest::bytes).orElse(0L));
        record.onProtected(plan.isProtected());
        try (FileLockHandle lease = lease(plan.source());
                ServerSession session = session(plan)) {
            session.lock(plan.target().database());
            session.dropLeftovers().forEach(progress::note);
            Optional<String> safety = plan.needsSafetyBackup()
                    ? Optional.of(safetyBackup.before(plan.target(), "nothing was changed"))
                    : leftBy(command, plan.target());
            cancellation.check();
            if (plan.way() == RestoreMode.SWAP) {
                return swap(plan, session, command, record, safety, database -> {
                    unnamed.ifPresent(change -> change.accept(database));
                    afterLoad.run(database);
                });
            }
            begin(record, safety);
            DeferredHook prepared = new DeferredHook(afterLoad);
            RestoreOutcome outcome = execute(plan, session, wayBack(command, safety), safety, unnamed, prepared);
            end(record, outcome);
            prepared.orThrow();
            return outcome;
        } catch (PgkeepException e) {
            record.failed(e);
            throw e;
        }
    }

    /**
     * Where a killed undo dropped the database, its safety backup still is what the one that goes on can be undone by.
     */
    private Optional<String> leftBy(String command, Target target) {
        return command.equals(PastRuns.UNDO)
                ? new PastRuns(history.runs(), target).unfinished(command)
                : Optional.empty();
    }

    private FileLockHandle lease(RestoreSource source) {
        return source.backup().map(repository::lease).orElseGet(() -> FileLockHandle.none());
    }

    /** Without its record nobody would find the way back; where there is none anyway, a record is only nice to have. */
    private void begin(RunRecord record, Optional<String> safety) {
        try {
            record.begun(safety.orElse(null));
        } catch (PgkeepException e) {
            if (safety.isPresent()) {
                throw e.during("nothing was changed");
            }
            progress.note("this run will not be in the history: " + e.getMessage());
        }
    }

    /** The database is restored, whatever becomes of the record. */
    private void end(RunRecord record, RestoreOutcome outcome) {
        try {
            record.ended(outcome.comparison().describe() + " compared");
        } catch (PgkeepException e) {
            progress.note("the end of this run is not in the history: " + e.getMessage());
        }
    }

    private RestoreOutcome execute(
            RestorePlan plan,
            ServerSession session,
            Optional<String> wayBack,
            Optional<String> safety,
            Optional<Consumer<Target>> unnamed,
            DeferredHook prepared) {
        List<String> notes = globals(plan, session);
        Comparison comparison = switch (plan.way()) {
            case CREATE, REPLACE -> recreate(plan, session, wayBack, unnamed, notes, prepared);
            case CLEAN, FILL, ADD -> loadInside(plan, wayBack, notes);
            case ROWS -> loadRows(plan, notes);
            case SWAP -> throw new IllegalStateException("nothing is replaced where names are swapped");
        };
        prepared.run(plan.target());
        return new RestoreOutcome(plan.target(), comparison, safety, Optional.empty(), plan.missing(), notes);
    }

    /** Nothing is changed before the names are: only then is there something to undo. */
    private RestoreOutcome swap(
            RestorePlan plan,
            ServerSession session,
            String command,
            RunRecord record,
            Optional<String> safety,
            PostLoadHook afterLoad) {
        List<String> notes = globals(plan, session);
        Swapping.Result result = new Swapping(plan, connector, session, afterLoad, clock, progress, cancellation)
                .run(
                        command,
                        kept -> {
                            record.keeps(kept);
                            begin(record, safety);
                        },
                        notes);
        RestoreOutcome outcome = new RestoreOutcome(
                plan.target(), result.comparison(), safety, Optional.of(result.swapped()), plan.missing(), notes);
        end(record, outcome);
        return outcome;
    }

    private List<String> globals(RestorePlan plan, ServerSession session) {
        List<String> notes = new ArrayList<>();
        if (plan.request().globals()) {
            progress.step("Restoring roles and tablespaces");
            notes.addAll(new GlobalsLoad(plan, repository, connector, session.connection(), cancellation).run());
        }
        return notes;
    }

    private Comparison recreate(
            RestorePlan plan,
            ServerSession session,
            Optional<String> wayBack,
            Optional<Consumer<Target>> unnamed,
            List<String> notes,
            DeferredHook prepared) {
        String database = plan.target().database();
        boolean dropped = false;
        try (FreshDatabase fresh = new FreshDatabase(plan, connector, session, "restoring", progress, cancellation)) {
            // First, because it may be refused, and then nothing is lost.
            fresh.create();
            if (plan.way() == RestoreMode.REPLACE) {
                progress.step("Dropping " + database);
                session.drop(database);
                dropped = true;
            }
            Comparison comparison = fresh.fill(unnamed.isEmpty());
            comparison.orThrow("the restored database");
            unnamed.ifPresent(change -> {
                change.accept(fresh.target());
                fresh.analyze();
            });
            fresh.equip();
            prepared.run(fresh.target());
            cancellation.check();
            fresh.become(database);
            notes.addAll(fresh.notes());
            return comparison;
        } catch (PgkeepException e) {
            throw dropped ? lost(plan, wayBack, e) : e.during("nothing was changed");
        }
    }

    /** The database is gone and its successor was not finished: say so, and how to go back. */
    private static PgkeepException lost(RestorePlan plan, Optional<String> wayBack, PgkeepException cause) {
        String database = plan.target().database();
        return new PgkeepException(
                cause.code(),
                database + " was dropped and could not be restored: " + cause.getMessage(),
                wayBack.orElse("run the restore again, or choose another backup: pgkeep list"),
                cause);
    }

    /** What leads back to how the database was; an undo that is run again goes on to where the first one was going. */
    private static Optional<String> wayBack(String command, Optional<String> safety) {
        return safety.map(name -> command.equals(PastRuns.UNDO)
                ? "go on: pgkeep undo; or go back to how it was before: pgkeep restore " + name
                : "go back to how it was: pgkeep undo   (it restores " + name + ")");
    }

    private Comparison loadInside(RestorePlan plan, Optional<String> wayBack, List<String> notes) {
        boolean touched = false;
        try (Connection inside = connector.open(plan.target(), "pgkeep")) {
            if (plan.way() == RestoreMode.CLEAN) {
                plan.request()
                        .as()
                        .ifPresent(role -> LoadRole.rehearse(
                                connector, plan.target(), plan.target().database(), role));
                progress.step("Dropping everything in " + plan.target().database());
                new DropAllObjects(inside).run();
            }
            touched = true;
            Comparison comparison =
                    new BackupLoader(plan, connector, progress, cancellation).into(plan.target(), true, notes);
            comparison.orThrow("the restored database");
            return comparison;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "restoring " + plan.target().database());
        } catch (PgkeepException e) {
            throw touched ? halfDone(plan, wayBack, e) : e;
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
            case CREATE, REPLACE, SWAP -> ServerSession.open(connector, plan.target());
            case CLEAN, FILL, ADD, ROWS -> ServerSession.inside(connector, plan.target());
        };
    }

    private static ErrorCode code(RestorePlan plan) {
        boolean filled = plan.way() == RestoreMode.FILL
                && plan.existing().filter(each -> !each.isEmpty()).isPresent();
        return filled ? ErrorCode.TARGET_NOT_EMPTY : ErrorCode.PREFLIGHT_FAILED;
    }
}
