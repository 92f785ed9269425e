package dev.pgkeep.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The search path that role and database set for the application, for statements that the user has written and that
 * mean its tables and functions. Sessions of ours begin with another one, see {@link SessionStart}.
 */
public final class ApplicationPath {
    private ApplicationPath() {}

    /** From now on names are found as the application finds them: also those that a database's owner put there. */
    public static void use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO DEFAULT");
        }
    }
}
