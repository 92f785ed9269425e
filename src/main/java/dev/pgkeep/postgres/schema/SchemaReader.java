package dev.pgkeep.postgres.schema;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the schema of the connected database. */
public final class SchemaReader {
    private final Connection connection;

    private SchemaReader(Connection connection) {
        this.connection = connection;
    }

    /**
     * Reads everything, a query for each kind. In a transaction it is what that sees; outside of one, changes made
     * meanwhile may be seen in part.
     *
     * @throws PgkeepException what the server said
     */
    public static Schema read(Connection connection) {
        return new SchemaReader(connection).read();
    }

    private Schema read() {
        try {
            // Names outside of the search path are printed with their schemas, so none is ever ambiguous.
            String path = searchPath("pg_catalog");
            try {
                List<SchemaObject> objects = new ArrayList<>();
                for (ObjectKind kind : ObjectKind.values()) {
                    read(kind, objects);
                }
                return new Schema(objects);
            } finally {
                searchPath(path);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "reading the schema");
        }
    }

    /** Returns what was in force before. */
    private String searchPath(String value) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT current_setting('search_path'), set_config('search_path', ?, false)")) {
            statement.setString(1, value);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private void read(ObjectKind kind, List<SchemaObject> into) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(SqlResource.text(SchemaReader.class, kind.file()))) {
                while (row.next()) {
                    into.add(new SchemaObject(
                            kind,
                            row.getString(1),
                            Optional.ofNullable(row.getString(3)),
                            row.getString(2),
                            properties((String[]) row.getArray(4).getArray())));
                }
            }
        }
    }

    /** Names and values by turns; what has no value is absent. */
    private static SortedMap<String, String> properties(String[] pairs) {
        SortedMap<String, String> properties = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null && !pairs[i + 1].isEmpty()) {
                properties.put(pairs[i], pairs[i + 1]);
            }
        }
        return properties;
    }
}
