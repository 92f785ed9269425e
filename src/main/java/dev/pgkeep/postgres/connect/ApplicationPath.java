package dev.pgkeep.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The search path that role and database set for the application, and its way to write values, for statements that the
 * user has written and that mean its tables and functions. Sessions of ours begin with others, see
 * {@link SessionStart}.
 */
public final class ApplicationPath {
    private ApplicationPath() {}

    /**
     * From now on names are found as the application finds them, also those that a database's owner put there, and
     * values print and are read as it has them.
     */
    public static void use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SessionSettings.usual(false));
        }
    }
}
