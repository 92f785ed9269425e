package dev.pgkeep.postgres.swap;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.postgres.admin.KeptDatabaseName;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import java.util.Optional;

/**
 * Puts a database in the place of another one, which goes only after that: reserve a name, exchange, drop. A run that
 * is killed leaves either the old database under its name, or the new one; what is over then bears a name that the next
 * run drops, or one under which it is kept.
 */
public final class DatabaseReplacement {
    /**
     * The name that the old database is going to have.
     *
     * @param note what is noted about it; empty where it is dropped
     */
    public record Passing(String database, String name, Optional<KeptDatabaseComment> note) {
        /** The name under which it is kept; empty where it is dropped. */
        public Optional<String> kept() {
            return note.map(each -> name);
        }
    }

    private final ServerSession session;
    private final DatabaseSwap swap;

    /**
     * A replacement of databases of a server.
     *
     * @param server any target on the server, with the role that owns both databases
     * @param session beside both, which keeps others away from them
     */
    public DatabaseReplacement(
            Connector connector, Target server, ServerSession session, Progress progress, Cancellation cancellation) {
        this.session = session;
        this.swap = new DatabaseSwap(connector, server, progress, cancellation);
    }

    /**
     * Reserves the name that the old database gets.
     *
     * @param note what is noted about it; empty where it is going to be dropped
     */
    public Passing reserve(String database, Optional<KeptDatabaseComment> note) {
        String name = note.map(each -> session.freeName(KeptDatabaseName.of(database, each.since())))
                .orElseGet(() -> session.reserveName(database, "replaced"));
        return new Passing(database, name, note);
    }

    /**
     * Exchanges the names, or leaves everything as it was.
     *
     * @throws PgkeepException LOCK_BUSY, RIGHTS_MISSING, SERVER_LOST as {@link DatabaseSwap#run} has them
     */
    public DatabaseSwapped exchange(String successor, Passing old) {
        return swap.run(session.connection(), new SwapNames(old.database(), successor, old.name(), old.note()));
    }

    /**
     * Keeps the old database after all, under a name that says so.
     *
     * @return that name
     */
    public String keep(Passing old, KeptDatabaseComment note) {
        String name = session.freeName(KeptDatabaseName.of(old.database(), note.since()));
        new KeptDatabases(session.connection()).keep(old.name(), name, note);
        return name;
    }

    /** Drops the old database; a note where that is left to the next run, since the new one is whole and in use. */
    public Optional<String> drop(Passing old) {
        try {
            session.drop(old.name());
            return Optional.empty();
        } catch (PgkeepException e) {
            return Optional.of("the old " + old.database() + " is " + old.name() + " now and could not be dropped yet ("
                    + e.getMessage() + "); the next run drops it");
        }
    }
}
