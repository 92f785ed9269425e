package dev.pgkeep.operation.restore.swap;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.restore.load.FreshDatabase;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.TargetProbe;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.catalog.WriteCount;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.swap.DatabaseReplacement;
import dev.pgkeep.postgres.swap.DatabaseReplacement.Passing;
import dev.pgkeep.postgres.swap.KeptDatabaseComment;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Restores beside a database that is in use, and exchanges the names when the new one is complete and proven. The old
 * one is dropped then, or kept.
 */
public final class Replacement {
    /** The result of a restore beside the old database. */
    public record Result(Comparison comparison, Swapped swapped) {}

    private final RestorePlan plan;
    private final Connector connector;
    private final ServerSession session;
    private final PostLoadHook hook;
    private final Optional<WriteCount> written;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    /**
     * A replacement of the plan's target.
     *
     * @param hook what is done with the loaded database before it gets its name
     * @param written how much had been written to the target when its safety backup began, as {@code WriteCount} has
     *     it; empty where nobody needs to know
     */
    public Replacement(
            RestorePlan plan,
            Connector connector,
            ServerSession session,
            PostLoadHook hook,
            Optional<WriteCount> written,
            RunContext context) {
        this.plan = plan;
        this.connector = connector;
        this.session = session;
        this.hook = hook;
        this.written = written;
        this.clock = context.clock();
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /**
     * Restores beside the target and exchanges the names.
     *
     * @param command how the history calls this run
     * @param begun is told the name under which the old one will be kept, if it will be, before anything is changed
     * @param notes receives what could not be taken over
     */
    public Result run(String command, Consumer<Optional<String>> begun, Collection<String> notes) {
        try (FreshDatabase fresh = new FreshDatabase(plan, connector, session, "restoring", progress, cancellation)) {
            Comparison comparison = prepare(fresh);
            Swapped swapped = exchange(fresh, command, begun, notes);
            fresh.isNamed();
            notes.addAll(fresh.notes());
            return new Result(comparison, swapped);
        }
    }

    private Comparison prepare(FreshDatabase fresh) {
        try {
            fresh.create();
            Comparison comparison = fresh.fill(!hook.belongsToLoad());
            comparison.orThrow("the restored database");
            if (hook.belongsToLoad()) {
                hook.run(fresh.target());
                fresh.analyze();
                fresh.equip();
            } else {
                fresh.equip();
                hook.run(fresh.target());
            }
            cancellation.check();
            return comparison;
        } catch (PgkeepException e) {
            throw e.during("nothing was changed");
        }
    }

    private Swapped exchange(
            FreshDatabase fresh, String command, Consumer<Optional<String>> begun, Collection<String> notes) {
        String database = plan.target().database();
        var replacement = new DatabaseReplacement(connector, plan.target(), session, progress, cancellation);
        Optional<KeptDatabaseComment> note = plan.request().keepOld().map(span -> note(command, span));
        Passing old = unchanged(() -> {
            Passing passing = replacement.reserve(database, note);
            begun.accept(passing.kept());
            return passing;
        });
        progress.step("Exchanging the names");
        var exchanged = progress.phases()
                .during("exchange", () -> replacement.exchange(fresh.target().database(), old));
        if (note.isPresent()) {
            return Swapped.keeping(old.name(), note.get().until(), exchanged);
        }
        if (wasWritten(old)) {
            KeptDatabaseComment kept = note(command, RestorePlan.KEPT_IN_DOUBT);
            String name = replacement.keep(old, kept);
            progress.warn("rows were written to " + database + " after its safety backup: the old database is kept as "
                    + name + ", with them");
            return Swapped.keeping(name, kept.until(), exchanged);
        }
        progress.step("Dropping the old " + database);
        progress.phases().during("drop", () -> replacement.drop(old)).ifPresent(notes::add);
        return Swapped.dropping(exchanged);
    }

    /** Whether the old database holds what neither the backup nor the safety backup has. */
    private boolean wasWritten(Passing old) {
        if (!plan.request().safetyBackup()) {
            return false;
        }
        try {
            return written.isEmpty() ? wasFilled(old) : wasWritten(old, written.get());
        } catch (SQLException | PgkeepException e) {
            // Where nobody can tell, nothing is dropped.
            return true;
        }
    }

    private boolean wasWritten(Passing old, WriteCount before) throws SQLException {
        if (WriteCount.all(session.connection(), old.name()) == before.all()) {
            return false;
        }
        try (Connection inside = connector.open(plan.target().withDatabase(old.name()), "pgkeep")) {
            return WriteCount.read(inside, old.name()).rows() != before.rows();
        }
    }

    /** A database that was empty when it was looked at, and of which there is no safety backup therefore. */
    private boolean wasFilled(Passing old) throws SQLException {
        return new TargetProbe(connector, session.connection())
                .look(plan.target().withDatabase(old.name()))
                .filter(ExistingDatabase::isWorthKeeping)
                .isPresent();
    }

    private KeptDatabaseComment note(String command, Duration span) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new KeptDatabaseComment(
                plan.target().database(),
                now,
                now.plus(span),
                command,
                plan.source().name());
    }

    private static Passing unchanged(Supplier<Passing> step) {
        try {
            return step.get();
        } catch (PgkeepException e) {
            throw e.during("nothing was changed");
        }
    }
}
