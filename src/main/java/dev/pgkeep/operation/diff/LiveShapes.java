package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.pgtext.TypePrinters;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The shapes of the tables and types of a live database.
 *
 * @param shapes of its tables
 * @param printers of its types
 */
record LiveShapes(Map<TableName, TableShape> shapes, TypePrinters printers) {
    /** @param connection in the snapshot that is compared */
    static LiveShapes read(Connection connection) {
        try {
            Map<TableName, TableShape> shapes = new HashMap<>();
            each(connection, "constraints", row -> {
                TableName table = new TableName(row.getString(1), row.getString(2));
                TableShape shape = shapes.getOrDefault(table, TableShape.NONE);
                String definition = row.getString(3);
                shapes.put(
                        table,
                        definition == null
                                ? shape.withIdentity(row.getString(4))
                                : shape.with(definition, table.schema()));
            });
            each(connection, "collations", row -> {
                TableName table = new TableName(row.getString(1), row.getString(2));
                TableShape shape = shapes.getOrDefault(table, TableShape.NONE);
                shapes.put(table, shape.withLooseText(row.getString(3), row.getString(4)));
            });
            StringBuilder types = new StringBuilder();
            each(connection, "types", row -> types.append(row.getString(1)).append('\n'));
            int version = Integer.parseInt(Objects.requireNonNull(one(connection, "SHOW server_version_num")));
            return new LiveShapes(shapes, new TypePrinters(types.toString(), version));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at keys and types");
        }
    }

    /** Takes the current row. */
    @FunctionalInterface
    private interface RowConsumer {
        void take(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String file, RowConsumer taker) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(SqlResource.text(LiveShapes.class, file))) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        }
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
