package dev.pgkeep.operation.restore.swap;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.restore.load.FreshDatabase;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.postgres.admin.KeptDatabaseName;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.swap.DatabaseSwap;
import dev.pgkeep.postgres.swap.DatabaseSwapped;
import dev.pgkeep.postgres.swap.KeptDatabaseComment;
import dev.pgkeep.postgres.swap.SwapNames;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.function.Consumer;

/** Restores beside a database that is in use, and swaps the names when the new one is complete and proven. */
public final class Swapping {
    /** The result of a restore by swapping. */
    public record Result(Comparison comparison, Swapped swapped) {}

    private final RestorePlan plan;
    private final Connector connector;
    private final ServerSession session;
    private final PostLoadHook afterLoad;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    public Swapping(
            RestorePlan plan, Connector connector, ServerSession session, PostLoadHook afterLoad, RunContext context) {
        this.plan = plan;
        this.connector = connector;
        this.session = session;
        this.afterLoad = afterLoad;
        this.clock = context.clock();
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /**
     * Restores beside the target and swaps the names.
     *
     * @param command how the history calls this run
     * @param begun is told the name under which the old one will be kept, before anything is changed
     * @param notes receives what could not be taken over
     */
    public Result run(String command, Consumer<String> begun, Collection<String> notes) {
        try (FreshDatabase fresh = new FreshDatabase(plan, connector, session, "restoring", progress, cancellation)) {
            Comparison comparison = prepare(fresh);
            KeptDatabaseComment note = note(command);
            String kept = kept(note, begun);
            progress.step("Swapping the names");
            DatabaseSwapped exchanged = new DatabaseSwap(connector, plan.target(), progress, cancellation)
                    .run(
                            session.connection(),
                            new SwapNames(
                                    plan.target().database(), fresh.target().database(), kept, note));
            fresh.isNamed();
            notes.addAll(fresh.notes());
            return new Result(comparison, new Swapped(kept, note.until(), exchanged));
        }
    }

    private KeptDatabaseComment note(String command) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant until = now.plus(plan.request().keepOld().orElseThrow());
        return new KeptDatabaseComment(
                plan.target().database(), now, until, command, plan.source().name());
    }

    private String kept(KeptDatabaseComment note, Consumer<String> begun) {
        try {
            String kept = session.freeName(KeptDatabaseName.of(note.database(), note.since()));
            begun.accept(kept);
            return kept;
        } catch (PgkeepException e) {
            throw e.during("nothing was changed");
        }
    }

    private Comparison prepare(FreshDatabase fresh) {
        try {
            fresh.create();
            Comparison comparison = fresh.fill(true);
            comparison.orThrow("the restored database");
            fresh.equip();
            afterLoad.run(fresh.target());
            cancellation.check();
            return comparison;
        } catch (PgkeepException e) {
            throw e.during("nothing was changed");
        }
    }
}
