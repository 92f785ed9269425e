package dev.pgkeep.postgres.snapshot;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** How sessions that read in a snapshot begin and end. */
final class Sessions {
    private Sessions() {}

    /**
     * A read-only transaction in which rows hidden by row security are an error, and no timeout of the role's cuts in.
     */
    static void begin(Statement statement) throws SQLException {
        statement.execute("SET statement_timeout = 0");
        statement.execute("SET lock_timeout = '2s'");
        statement.execute("SET idle_in_transaction_session_timeout = 0");
        statement.execute("SET row_security = off");
        statement.execute("SET search_path = pg_catalog");
        statement.getConnection().commit();
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }

    /**
     * Ends a session from another thread, with what it is just doing. A socket that closes is not enough: a server in
     * the middle of a count would not look at it before the end, and keep its locks.
     */
    static void abort(Connection connection) {
        // In a thread of its own, because a server that does not answer would hold up whoever wants to stop.
        Thread.ofVirtual().name("abort").start(() -> {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                // A server that is gone does not count any more.
            }
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone already.
            }
        });
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // A read-only session has nothing to lose.
        }
    }
}
