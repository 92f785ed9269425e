package dev.pgkeep.operation.reset;

import dev.pgkeep.format.manifest.Manifest.ExtensionVersion;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The things that migrations find in a database and seldom make themselves, because somebody else did once: extensions,
 * rights on the schema public, default privileges. As statements, to be run in an empty database.
 */
final class DatabaseBaseline {
    private DatabaseBaseline() {}

    /** Extensions in their schemas, and what they need. */
    static List<String> extensions(List<ExtensionVersion> extensions) {
        List<String> statements = new ArrayList<>();
        for (ExtensionVersion each : extensions) {
            if (!each.schema().equals("public") && !each.schema().startsWith("pg_")) {
                statements.add("CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(each.schema()));
            }
            statements.add("CREATE EXTENSION IF NOT EXISTS " + Sql.identifier(each.name()) + " WITH SCHEMA "
                    + Sql.identifier(each.schema()) + " CASCADE");
        }
        return statements;
    }

    /** Rights as they are in the connected database, as far as somebody changed them. */
    static List<String> rights(Connection old) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement statement = old.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.text(DatabaseBaseline.class, "rights-again"))) {
            while (row.next()) {
                statements.add(row.getString(1));
            }
        }
        return statements;
    }

    /** Runs each by itself; returns a note for each that the server refused. */
    static List<String> lay(Connection inside, List<String> statements) {
        List<String> notes = new ArrayList<>();
        for (String sql : statements) {
            try (Statement statement = inside.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute("SET client_min_messages = warning");
                statement.execute(sql);
            } catch (SQLException e) {
                notes.add("not as before: " + sql + " (" + firstLine(String.valueOf(e.getMessage())) + ")");
            }
        }
        return notes;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
