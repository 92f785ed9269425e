package dev.pgkeep.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A role that owns one database and has no further rights than those named; dropped when closed, with all it owns. */
public record PlainRole(TestDatabase database, String name) implements AutoCloseable {
    private static final String PASSWORD = "plain";

    public static PlainRole owning(TestDatabase database, String rights) {
        String name = "role_of_" + database.name();
        database.server().execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + PASSWORD + "' " + rights);
        database.server().execute("ALTER DATABASE " + database.name() + " OWNER TO " + name);
        return new PlainRole(database, name);
    }

    public String url() {
        var cluster = database.server().cluster();
        return "postgres://" + name + ":" + PASSWORD + "@" + cluster.host() + ":" + cluster.port() + "/"
                + database.name();
    }

    Connection connect() throws SQLException {
        var cluster = database.server().cluster();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + cluster.host() + ":" + cluster.port() + "/" + database.name(), name, PASSWORD);
    }

    public void fill(EverythingDatabase everything) throws SQLException {
        try (var connection = connect()) {
            everything.fill(connection);
        }
    }

    public void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        database.close();
        database.server().execute("DROP ROLE IF EXISTS " + name);
    }
}
