package dev.pgkeep.testing;

import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A database of a test, reached as superuser; dropped when closed, whoever is connected.
 *
 * @param server where it is
 * @param name its name
 */
public record TestDatabase(TestServer server, String name) implements AutoCloseable {
    static TestDatabase create(TestServer server, String name) {
        server.execute("create database " + quoted(name));
        return new TestDatabase(server, name);
    }

    /** A URL with the password, as it would stand in {@code DATABASE_URL}. */
    public String url() {
        return server.cluster().url(name);
    }

    public Target target() {
        return TargetReader.read(url(), Map.of(), Path.of("no-home"), "test").target();
    }

    /** A new connection; close it. */
    public Connection connect() {
        var cluster = server.cluster();
        String url = "jdbc:postgresql://" + cluster.host() + ":" + cluster.port() + "/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8);
        try {
            return DriverManager.getConnection(url, cluster.superuser(), cluster.password());
        } catch (SQLException failure) {
            throw new IllegalStateException("cannot connect to " + name + ": " + failure.getMessage(), failure);
        }
    }

    /** Runs one or more statements, separated by semicolons, each in its own transaction unless they say otherwise. */
    public void execute(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure.getMessage() + " in: " + sql, failure);
        }
    }

    /** The first column of the first row, as text; {@code "null"} for NULL. */
    public String ask(String query) {
        List<String> values = column(query);
        if (values.isEmpty()) {
            throw new IllegalStateException("no row: " + query);
        }
        return values.getFirst();
    }

    /** The first column of every row, as text. */
    public List<String> column(String query) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure.getMessage() + " in: " + query, failure);
        }
    }

    /** How many rows a table has; the name is put into the query as it is. */
    public long count(String table) {
        return Long.parseLong(ask("select count(*) from " + table));
    }

    @Override
    public void close() {
        server.execute("drop database if exists " + quoted(name) + " with (force)");
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return name + " on " + server;
    }
}
