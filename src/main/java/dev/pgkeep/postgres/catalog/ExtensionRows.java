package dev.pgkeep.postgres.catalog;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of an extension's tables that a dump holds. {@code CREATE EXTENSION} makes these tables and may fill them;
 * the extension says which of their rows are the user's ({@code pg_extension_config_dump}), by a condition or all.
 */
public final class ExtensionRows {
    /** Those of a database without extensions. */
    public static final ExtensionRows NONE = new ExtensionRows(Map.of());

    private final Map<TableName, String> conditions;

    private ExtensionRows(Map<TableName, String> conditions) {
        this.conditions = conditions;
    }

    /** Those of the extensions that a database has at this moment. */
    public static ExtensionRows of(Connection connection) {
        Map<TableName, String> conditions = new TreeMap<>();
        SqlResource.of(ExtensionRows.class, "extension-rows", "looking at the tables of extensions")
                .each(
                        connection,
                        row -> conditions.put(
                                new TableName(row.getString(1), row.getString(2)),
                                Optional.ofNullable(row.getString(3)).orElse("").strip()));
        return new ExtensionRows(conditions);
    }

    /** Whether rows of a table of an extension are dumped, all or some. */
    public boolean has(TableName table) {
        return conditions.containsKey(table);
    }

    /** Whether only some rows of a table are dumped. */
    public boolean isSome(TableName table) {
        return !conditions.getOrDefault(table, "").isEmpty();
    }

    /** The rows of a table that are dumped, as they are read: what stands behind FROM. */
    public String from(TableName table) {
        String name = Sql.identifier(table.schema(), table.name());
        return isSome(table) ? name + " " + conditions.get(table) : "ONLY " + name;
    }

    /** The statement that deletes the rows that are dumped, and leaves those that belong to the extension. */
    public String delete(TableName table) {
        String name = Sql.identifier(table.schema(), table.name());
        return isSome(table)
                ? "DELETE FROM ONLY " + name + " WHERE (tableoid, ctid) IN (SELECT tableoid, ctid FROM " + from(table)
                        + ")"
                : "DELETE FROM ONLY " + name;
    }

    /** Counts the rows of a table that are dumped. */
    public long count(Connection connection, TableName table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM (SELECT FROM " + from(table) + ") AS x")) {
            row.next();
            return row.getLong(1);
        }
    }
}
