package dev.pgkeep.operation.refresh;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.refresh.masking.ColumnShape;
import dev.pgkeep.operation.refresh.masking.DatabaseShape;
import dev.pgkeep.operation.refresh.masking.ForeignKey;
import dev.pgkeep.operation.refresh.masking.TableShape;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The questions of masking about a database: the {@code .sql} files of this package. */
record MaskQueries(Connection connection) {
    /**
     * An obstacle that must be away while rows change, for instance a trigger.
     *
     * @param away the statement that takes it away; null where it is away already
     * @param back the statement that brings it to where it was
     */
    record Obstacle(TableName table, @Nullable String away, String back) {}

    /** A condition that rows of a table must keep, and the columns that it looks at. */
    record Check(TableName table, String name, List<String> columns, String condition) {}

    DatabaseShape shape() throws SQLException {
        Map<TableName, List<TableName>> parents = new LinkedHashMap<>();
        for (TableName[] pair : rows("mask-parents", row -> new TableName[] {name(row, 1), name(row, 3)})) {
            parents.computeIfAbsent(pair[0], key -> new ArrayList<>()).add(pair[1]);
        }
        Map<TableName, TableShape> tables = new LinkedHashMap<>();
        Map<TableName, List<ColumnShape>> columns = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.text(MaskQueries.class, "mask-columns"))) {
            while (row.next()) {
                TableName name = name(row, 1);
                Optional<TableName> partitionOf =
                        Optional.ofNullable(row.getString(5)).map(root -> new TableName(text(row, 4), root));
                tables.putIfAbsent(
                        name,
                        new TableShape(
                                name,
                                row.getBoolean(3),
                                partitionOf,
                                parents.getOrDefault(name, List.of()),
                                List.of()));
                columns.computeIfAbsent(name, key -> new ArrayList<>()).add(column(row));
            }
        }
        return new DatabaseShape(
                tables.values().stream()
                        .map(table -> new TableShape(
                                table.name(),
                                table.partitioned(),
                                table.partitionOf(),
                                table.parents(),
                                Objects.requireNonNull(columns.get(table.name()))))
                        .toList(),
                rows("mask-foreign-keys", MaskQueries::foreignKey));
    }

    List<Obstacle> obstacles() throws SQLException {
        return rows("mask-obstacles", row -> new Obstacle(name(row, 1), row.getString(3), row.getString(4)));
    }

    List<Check> checks() throws SQLException {
        return rows("mask-checks", row -> new Check(name(row, 1), row.getString(3), texts(row, 4), row.getString(5)));
    }

    /** Materialised views, in the order in which they can be made. */
    List<TableName> copies() throws SQLException {
        return rows("mask-copies", row -> name(row, 1));
    }

    long largeObjects() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_catalog.pg_largeobject_metadata")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static ColumnShape column(ResultSet row) throws SQLException {
        int limit = row.getInt(9);
        return new ColumnShape(
                row.getString(6),
                row.getString(7),
                ColumnShape.Family.of(row.getString(8)),
                limit > 0 ? Optional.of(limit) : Optional.empty(),
                row.getBoolean(10),
                row.getBoolean(11),
                row.getBoolean(12),
                row.getBoolean(13));
    }

    private static ForeignKey foreignKey(ResultSet row) throws SQLException {
        return new ForeignKey(
                row.getString(1),
                name(row, 2),
                texts(row, 4),
                name(row, 5),
                texts(row, 7),
                row.getString(8),
                Optional.ofNullable(row.getString(9)));
    }

    private static TableName name(ResultSet row, int column) throws SQLException {
        return new TableName(row.getString(column), row.getString(column + 1));
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }

    private static String text(ResultSet row, int column) {
        try {
            return row.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> List<T> rows(String file, Reading<T> reading) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.text(MaskQueries.class, file))) {
            List<T> found = new ArrayList<>();
            while (row.next()) {
                found.add(reading.of(row));
            }
            return found;
        }
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }
}
