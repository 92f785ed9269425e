package dev.pgkeep.operation.undo;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import dev.pgkeep.operation.restore.plan.Finding;
import dev.pgkeep.operation.restore.plan.SwapPreflight;
import dev.pgkeep.operation.restore.plan.TargetProbe;
import dev.pgkeep.operation.restore.swap.Swapped;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.postgres.admin.KeptDatabaseName;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.admin.TargetServer;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.DatabaseSwap;
import dev.pgkeep.postgres.swap.DatabaseSwapped;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.postgres.swap.KeptDatabaseComment;
import dev.pgkeep.postgres.swap.KeptDatabases;
import dev.pgkeep.postgres.swap.SwapNames;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gives a replaced database its name back; the one that has it now is kept in turn. */
public final class SwapBack {
    private final Connector connector;
    private final RunContext context;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    public SwapBack(Connector connector, RunContext context) {
        this.connector = connector;
        this.context = context;
        this.clock = context.clock();
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /** Looks at both databases, changing nothing. */
    public SwapBackPlan plan(Target wanted, KeptDatabase kept) {
        Target target = TargetServer.settle(connector, wanted);
        try (var beside = connector.openBeside(target, "pgkeep")) {
            ServerInfo server = new Catalog(beside).server();
            Optional<ExistingDatabase> existing = new TargetProbe(connector, beside).look(target);
            List<Finding> findings = new ArrayList<>();
            existing.ifPresent(
                    each -> findings.addAll(new SwapPreflight(server, each, true).forUndo(beside, target.database())));
            if (!kept.ours()) {
                findings.add(Finding.blocking(
                        "the role " + server.role() + " does not own " + kept.name(), "connect as its owner"));
            }
            return new SwapBackPlan(target, server, kept, existing, findings);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at " + kept.name());
        }
    }

    /** @throws PgkeepException PREFLIGHT_FAILED naming everything that stands in the way */
    public static void refuseBlocked(SwapBackPlan plan) {
        if (!plan.blocking().isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.PREFLIGHT_FAILED,
                    plan.blocking().stream().map(Finding::text).collect(Collectors.joining("; ")),
                    plan.blocking().stream().map(Finding::hint).collect(Collectors.joining("; ")));
        }
    }

    /**
     * Swaps; the caller has asked.
     *
     * @param keepOld how long the database that has the name now is kept
     * @return what became of that one; empty when there was none
     */
    public Optional<Swapped> run(SwapBackPlan plan, Duration keepOld) {
        refuseBlocked(plan);
        RecordedRun run = RecordedRun.of(context, PastRuns.UNDO, plan.target());
        return run.run(() -> {
            try (ServerSession session = ServerSession.open(connector, plan.target())) {
                session.lock(plan.target().database());
                KeptDatabase kept = findAgain(plan, session);
                Optional<Swapped> swapped = session.exists(plan.target().database())
                        ? Optional.of(swap(plan, kept, session, run, keepOld))
                        : takeName(kept, session, run);
                return run.end(new Done<>(swapped), done -> kept.name() + " has its name back");
            }
        });
    }

    private static KeptDatabase findAgain(SwapBackPlan plan, ServerSession session) {
        return new KeptDatabases(session.connection())
                .named(plan.kept().name())
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.DATABASE_MISSING,
                        plan.kept().name() + " is not there any more",
                        "see what is: pgkeep db"));
    }

    private Swapped swap(
            SwapBackPlan plan, KeptDatabase kept, ServerSession session, RecordedRun run, Duration keepOld) {
        String database = plan.target().database();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String name = session.freeName(KeptDatabaseName.of(database, now));
        KeptDatabaseComment note = new KeptDatabaseComment(database, now, now.plus(keepOld), "undo", kept.name());
        run.keeps(name);
        // The server itself tells what was swapped: a record is only nice to have.
        run.begin("nothing was changed");
        progress.step("Exchanging the names");
        DatabaseSwapped exchanged = new DatabaseSwap(connector, plan.target(), progress, cancellation)
                .run(session.connection(), new SwapNames(database, kept.name(), name, Optional.of(note)));
        return Swapped.keeping(name, note.until(), exchanged);
    }

    private Optional<Swapped> takeName(KeptDatabase kept, ServerSession session, RecordedRun run) {
        run.begin("nothing was changed");
        progress.step("Giving the name back");
        new KeptDatabases(session.connection()).giveBack(kept);
        return Optional.empty();
    }
}
