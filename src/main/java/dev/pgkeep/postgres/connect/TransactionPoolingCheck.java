package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * Finds connection poolers that hand a session of the server on to whoever asks next (transaction pooling). Locks,
 * settings and snapshots do not survive there, and what pg_dump sets for itself would stay behind for the application.
 * A pooler that keeps sessions apart is as good as none.
 */
final class TransactionPoolingCheck {
    private static final int LOOKS = 3;

    private TransactionPoolingCheck() {}

    /** Opens another connection to the same place. */
    interface Opening {
        Connection open() throws SQLException;
    }

    /**
     * Begins a session of our own. Through a pooler nothing is set: it might stay behind for somebody else.
     *
     * @return false when somebody in between greeted us with a process number of his own
     */
    static boolean begin(Connection connection, SessionStart start) throws SQLException {
        int greeted = connection.unwrap(PGConnection.class).getBackendPID();
        return start.settle(connection, "pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.=) " + greeted);
    }

    /**
     * Holds two connections against each other, one after the other outside of any transaction.
     *
     * @throws PgkeepException SERVER_UNSUPPORTED when they share a session of the server, or one changes it
     */
    static void refuse(Connection one, SessionStart start, Opening opening, Endpoint endpoint) throws SQLException {
        Set<Long> ofOne = new HashSet<>();
        Set<Long> ofOther = new HashSet<>();
        try (Connection other = opening.open()) {
            for (int look = 0; look < LOOKS; look++) {
                ofOne.add(process(one));
                ofOther.add(process(other));
            }
        }
        if (ofOne.size() + ofOther.size() > 2 || ofOne.equals(ofOther)) {
            throw new PgkeepException(
                    ErrorCode.SERVER_UNSUPPORTED,
                    "the connection pooler on " + endpoint.describe()
                            + " gives each transaction another session of the server, so that snapshots, locks and"
                            + " settings do not last",
                    "set DIRECT_URL to the server itself (or give the pooler pool_mode = session)");
        }
        start.settle(one, "true");
    }

    private static long process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }
}
