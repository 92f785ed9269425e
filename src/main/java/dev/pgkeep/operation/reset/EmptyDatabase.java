package dev.pgkeep.operation.reset;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import dev.pgkeep.postgres.admin.CreateDatabaseLike;
import dev.pgkeep.postgres.admin.DropAllObjects;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.DatabaseReplacement;
import dev.pgkeep.postgres.swap.DatabaseReplacement.Passing;
import dev.pgkeep.postgres.swap.KeptDatabaseComment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a database empty; the door for whoever fills it by other means than a backup. From the beginning until
 * {@link #close} other runs of pgkeep are kept away from it.
 *
 * <p>An empty database equal to the old one, its extensions included, is created under a name of its own; then the two
 * exchange names. The old one stays until the new one is filled: {@link #settle} drops it, {@link #takeBack} gives it
 * its name back.
 */
public final class EmptyDatabase implements AutoCloseable {
    private final EmptyDatabasePlan plan;
    private final Connector connector;
    private final Progress progress;
    private final boolean extensions;
    private final ServerSession session;
    private final DatabaseReplacement replacement;
    private final List<String> notes = new ArrayList<>();
    private Optional<String> successor = Optional.empty();
    private Optional<CreateDatabaseLike> recreation = Optional.empty();
    private Optional<Passing> old = Optional.empty();
    private boolean touched;

    private EmptyDatabase(
            EmptyDatabasePlan plan,
            Connector connector,
            Progress progress,
            Cancellation cancellation,
            boolean extensions,
            ServerSession session) {
        this.plan = plan;
        this.connector = connector;
        this.progress = progress;
        this.extensions = extensions;
        this.session = session;
        this.replacement = new DatabaseReplacement(connector, plan.target(), session, progress, cancellation);
    }

    /**
     * Keeps other runs away; changes nothing but that leftovers of killed runs are dropped.
     *
     * @param extensions whether the extensions of the database are created again
     * @throws PgkeepException LOCK_BUSY when another run is at work on it
     */
    public static EmptyDatabase begin(
            EmptyDatabasePlan plan,
            Connector connector,
            Progress progress,
            Cancellation cancellation,
            boolean extensions) {
        ServerSession session = plan.way() == EmptyDatabaseMode.CLEAN
                ? ServerSession.inside(connector, plan.target())
                : ServerSession.open(connector, plan.target());
        EmptyDatabase emptying = new EmptyDatabase(plan, connector, progress, cancellation, extensions, session);
        try {
            session.lock(plan.target().database());
            session.dropLeftovers().forEach(progress::note);
            return emptying;
        } catch (PgkeepException e) {
            session.close();
            throw e;
        }
    }

    /** Whether anything was lost, or may have been. */
    public boolean isTouched() {
        return touched;
    }

    /** The notes on what could not be made as it was, one line each. */
    public List<String> notes() {
        return notes;
    }

    /**
     * Creates the empty database beside the old one; nothing is lost yet.
     *
     * @throws PgkeepException when it cannot be created
     */
    public void prepare() {
        if (plan.way() == EmptyDatabaseMode.CLEAN) {
            return;
        }
        String name = session.reserveName(plan.target().database(), "restoring");
        if (plan.like().isEmpty()) {
            session.execute("CREATE DATABASE " + Sql.identifier(name));
            successor = Optional.of(name);
        } else {
            CreateDatabaseLike recreate = CreateDatabaseLike.plan(plan.like().get(), name, session.connection());
            notes.addAll(recreate.notes());
            successor = Optional.of(name);
            notes.addAll(recreate.create(session.connection()));
            recreation = Optional.of(recreate);
        }
        if (plan.isProtected()) {
            Protection.put(session.connection(), name);
        }
        layGroundwork(plan.target().withDatabase(name));
        recreation.ifPresent(each -> notes.addAll(each.finish(session.connection())));
    }

    /**
     * Reserves the name under which the old database stays until the new one is filled.
     *
     * @param note what is noted about it, should nobody be left to drop it
     * @return the name; empty where nothing is exchanged
     */
    public Optional<String> reserve(KeptDatabaseComment note) {
        if (plan.way() == EmptyDatabaseMode.REPLACE) {
            old = Optional.of(replacement.reserve(note.database(), Optional.of(note)));
        }
        return old.map(Passing::name);
    }

    /**
     * Makes the database empty.
     *
     * @throws PgkeepException when it failed; {@link #isTouched} says whether the database is as it was
     */
    public void run() {
        String database = plan.target().database();
        if (plan.way() == EmptyDatabaseMode.CLEAN) {
            progress.step("Dropping everything in " + database);
            clean();
            touched = true;
            layGroundwork(plan.target());
            return;
        }
        String fresh = successor.orElseThrow();
        if (old.isPresent()) {
            progress.step("Exchanging the names");
            replacement.exchange(fresh, old.get());
            touched = true;
        } else {
            session.rename(fresh, database);
        }
        successor = Optional.empty();
    }

    /** Lets go of the old database: the new one is filled. */
    public void settle() {
        old.ifPresent(passing -> {
            progress.step("Dropping the old " + plan.target().database());
            replacement.drop(passing).ifPresent(notes::add);
        });
        old = Optional.empty();
    }

    /**
     * Gives the old database its name back, also when the run was interrupted, and drops the new one.
     *
     * @return whether the old one is in use again; false where it is gone
     * @throws PgkeepException when the names could not be exchanged: the old one is kept under its passing name
     */
    public boolean takeBack() {
        if (old.isEmpty()) {
            return false;
        }
        progress.step("Going back to the old " + plan.target().database());
        // The run may have been interrupted: that it goes back is what is left to do.
        DatabaseReplacement back =
                new DatabaseReplacement(new Connector(), plan.target(), session, progress, new Cancellation());
        Passing half = back.reserve(plan.target().database(), Optional.empty());
        back.exchange(old.get().name(), half);
        old = Optional.empty();
        touched = false;
        back.drop(half).ifPresent(progress::warn);
        return true;
    }

    private void clean() {
        try (Connection inside = connector.open(plan.target(), "pgkeep")) {
            new DropAllObjects(inside).run();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "emptying " + plan.target().database());
        }
    }

    /** The first of these nobody but a superuser may create, often; then it is a note. */
    private void layGroundwork(Target target) {
        Optional<ExistingDatabase> old = plan.existing();
        if (old.isEmpty()) {
            return;
        }
        List<String> statements = new ArrayList<>();
        if (extensions) {
            statements.addAll(DatabaseBaseline.extensions(old.get().extensions()));
        }
        if (plan.way() == EmptyDatabaseMode.REPLACE) {
            statements.addAll(rights());
        }
        if (statements.isEmpty()) {
            return;
        }
        try (Connection inside = connector.open(target, "pgkeep")) {
            notes.addAll(DatabaseBaseline.lay(inside, statements));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "creating the extensions again");
        }
    }

    private List<String> rights() {
        try (Connection inside = connector.open(plan.target(), "pgkeep")) {
            return DatabaseBaseline.rights(inside);
        } catch (SQLException e) {
            throw SqlErrors.translate(
                    e, "looking at the rights in " + plan.target().database());
        }
    }

    @Override
    public void close() {
        try (session) {
            successor.filter(session::exists).ifPresent(session::drop);
        } catch (PgkeepException e) {
            progress.warn(e.getMessage() + "; the next run will try again");
        }
    }
}
