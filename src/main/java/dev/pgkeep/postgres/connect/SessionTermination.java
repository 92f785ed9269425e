package dev.pgkeep.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Ends sessions that have nothing to lose, or are not to go on. */
public final class SessionTermination {
    private SessionTermination() {}

    /**
     * Ends a session from another thread, with what it is just doing; does not wait. A socket that closes is not
     * enough: a server in the middle of a query would not look at it before the end, and keep its locks.
     */
    public static void abort(Connection connection) {
        // In a thread of its own, because a server that does not answer would hold up whoever wants to stop.
        Thread.ofVirtual().name("abort").start(() -> {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                // A server that is gone does nothing any more.
            }
            cut(connection);
        });
    }

    /**
     * Has the server look every other second whether this client is still there, also in the middle of a query: else a
     * killed run's query goes on to its end and keeps its locks. Outside of a transaction; a server whose system cannot
     * tell does without.
     */
    public static void noticeQuickly(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET client_connection_check_interval = '2s'");
        } catch (SQLException e) {
            // It notices at the end of the query.
        }
    }

    /** Ends a connection from another thread, without a word to the server; does not wait. */
    public static void tear(Connection connection) {
        // In a thread of its own: closing an encrypted connection writes to it, which may hang too.
        Thread.ofVirtual().name("tear-connection").start(() -> cut(connection));
    }

    /** Closes a session that only read. */
    public static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // A read-only session has nothing to lose.
        }
    }

    private static void cut(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone already.
        }
    }
}
