package dev.pgkeep.postgres.connect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The search path that role and database set for the application, and its way to write values, for statements that the
 * user has written and that mean its tables and functions. Sessions of ours begin with others, see
 * {@link SessionStart}.
 */
public final class ApplicationPath {
    private ApplicationPath() {}

    /** Has names found as before once it is closed. A transaction that failed has it so when it is rolled back. */
    public static final class Lent implements AutoCloseable {
        private static final String FAILED_TRANSACTION = "25P02";

        private final Connection connection;
        private final String before;

        private Lent(Connection connection, String before) {
            this.connection = connection;
            this.before = before;
        }

        @Override
        public void close() throws SQLException {
            if (connection.isClosed()) {
                return;
            }
            try {
                set(connection, "search_path", before);
                set(connection, "constraint_exclusion", "off");
                views(connection, "view");
            } catch (SQLException e) {
                if (!FAILED_TRANSACTION.equals(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    /**
     * Has a session find names from now on as the application finds them, also those that a database's owner put there,
     * and print and read values as it has them. For databases whose code is run anyhow.
     */
    public static void use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SessionSettings.usual(false));
        }
        names(connection);
    }

    /** Has a session find names from now on as the application finds them; values print and are read as before. */
    public static void names(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO DEFAULT");
            statement.execute("SET constraint_exclusion TO DEFAULT");
        }
        views(connection, "");
    }

    /** Has a session find names as {@link #names} does, until this is closed. */
    public static Lent lend(Connection connection) throws SQLException {
        Lent lent = new Lent(connection, path(connection));
        names(connection);
        return lent;
    }

    /**
     * Has a session find what the system has no name for as the application finds it, views included, until this is
     * closed; what the system has wins. An operator of others that fits the types better is found all the same: see
     * {@code postgres.catalog.OthersCode}.
     */
    public static Lent afterTheSystem(Connection connection) throws SQLException {
        Lent lent = new Lent(connection, path(connection));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO DEFAULT");
        }
        String own = path(connection);
        set(connection, "search_path", "pg_catalog" + (own.isBlank() ? "" : ", " + own) + ", pg_temp");
        views(connection, "");
        return lent;
    }

    private static String path(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.current_setting('search_path')")) {
            row.next();
            return row.getString(1);
        }
    }

    /** The statement that has views of others opened until the end of the transaction, as the application does. */
    public static String viewsInTransaction() {
        return views("", true);
    }

    private static void views(Connection connection, String restricted) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(views(restricted, false));
        }
    }

    private static String views(String restricted, boolean local) {
        return "SELECT pg_catalog.set_config('" + SessionStart.NO_VIEWS + "', '" + restricted + "', " + local
                + ") WHERE pg_catalog.current_setting('" + SessionStart.NO_VIEWS + "', true) IS NOT NULL";
    }

    private static void set(Connection connection, String name, String value) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_catalog.set_config(?, ?, false)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.execute();
        }
    }
}
