package dev.pgkeep.postgres.swap;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.postgres.catalog.CommentedDatabase;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Gives the name of a database to another one, and another name to the database that had it, in one transaction. The
 * first renaming locks the database, so that whoever connects waits; then those who are in it are ended, as the server
 * renames only what nobody uses. A statement that does not get there within two seconds gives up, lets everybody in
 * again, and is tried again later.
 */
public final class DatabaseSwap {
    private static final int ATTEMPTS = 8;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final String UNCHANGED = "the names were not swapped, nothing was changed";

    private final Connector connector;
    private final Target server;
    private final Progress progress;
    private final Cancellation cancellation;

    /** @param server any target on the server, with the role that owns both databases */
    public DatabaseSwap(Connector connector, Target server, Progress progress, Cancellation cancellation) {
        this.connector = connector;
        this.server = server;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Swaps the names, or leaves everything as it was.
     *
     * @param beside a session in neither database
     * @throws PgkeepException LOCK_BUSY or RIGHTS_MISSING naming the sessions that could not be ended; SERVER_LOST when
     *     the line broke and it could not be found out how it ended
     */
    public DatabaseSwapped run(Connection beside, SwapNames change) {
        CommentedDatabase successor = require(beside, change.successor());
        CommentedDatabase present = require(beside, change.database());
        DatabaseSwapSql sql = DatabaseSwapSql.of(change, present, successor);
        Duration closed = Duration.ZERO;
        int ended = 0;
        for (int number = 1; ; number++) {
            cancellation.check();
            SwapAttempt attempt = new SwapAttempt(beside, sql, present.oid(), successor.oid());
            try (Connection renaming = open(change.database())) {
                attempt.run(renaming);
                return new DatabaseSwapped(closed.plus(attempt.closed()), ended + attempt.ended(), number);
            } catch (SQLException e) {
                closed = closed.plus(attempt.closed());
                ended += attempt.ended();
                if (SwapAttempt.isLost(e)) {
                    new CommitOutcomeCheck(server, change, successor.oid(), attempt).orThrow(e);
                    return new DatabaseSwapped(closed, ended, number);
                }
                if (!SwapAttempt.isPassing(e)) {
                    throw SqlErrors.translate(e, "swapping the names, so nothing was changed");
                }
                if (number == ATTEMPTS) {
                    throw inTheWay(change.database(), attempt.inTheWay(), e);
                }
                progress.note(change.database() + " is still in use"
                        + (attempt.inTheWay().isEmpty() ? "" : " by " + String.join(", ", attempt.inTheWay()))
                        + ": trying again");
                pause(number);
            }
        }
    }

    private static CommentedDatabase require(Connection beside, String name) {
        try {
            return new Databases(beside).require(name);
        } catch (PgkeepException e) {
            throw e.during(UNCHANGED);
        }
    }

    private Connection open(String database) {
        try {
            return connector.openBeside(server.withDatabase(database), "pgkeep");
        } catch (PgkeepException e) {
            throw e.during(UNCHANGED);
        }
    }

    private static PgkeepException inTheWay(String database, List<String> sessions, SQLException cause) {
        if (sessions.isEmpty()) {
            return new PgkeepException(
                    ErrorCode.LOCK_BUSY,
                    "the names could not be swapped, so nothing was changed: " + database + " stays in use or locked",
                    "see who that is in pg_stat_activity and pg_locks, and run it again",
                    cause);
        }
        return new PgkeepException(
                ErrorCode.RIGHTS_MISSING,
                "the names could not be swapped, so nothing was changed: these sessions may not be ended: "
                        + String.join(", ", sessions),
                "close them, or have the right granted: GRANT pg_signal_backend TO your role (sessions of superusers"
                        + " only a superuser can end)",
                cause);
    }

    private void pause(int number) {
        try {
            Thread.sleep(PAUSE.multipliedBy(number));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }
}
