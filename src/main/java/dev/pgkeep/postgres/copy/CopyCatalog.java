package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.SqlResource;
import dev.pgkeep.postgres.copy.CopyTable.CopyColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tables have rows that belong to a backup, and how they are to be read. */
public final class CopyCatalog {
    private static final Comparator<CopyTable> LARGEST_FIRST =
            Comparator.comparingLong(CopyTable::bytes).reversed().thenComparing(CopyTable::name);

    /** Columns of a table and whether all of them may go binary. */
    private record Columns(List<CopyColumn> list, boolean binary) {
        static final Columns NONE = new Columns(List.of(), true);

        Columns with(CopyColumn column, boolean columnIsBinary) {
            var more = list.isEmpty() ? new ArrayList<CopyColumn>() : list;
            more.add(column);
            return new Columns(more, binary && columnIsBinary);
        }
    }

    private CopyCatalog() {}

    /**
     * Every table whose rows pg_dump would dump, as the connection's snapshot sees them, largest first. To be called on
     * the session that holds the snapshot (its encoding UTF8), before {@link TableLocks#take}.
     *
     * @throws dev.pgkeep.base.error.PgkeepException when the connection is lost
     */
    public static List<CopyTable> read(Connection connection) {
        Map<Long, Columns> columns = columns(connection, types(connection));
        var tables = new ArrayList<CopyTable>();
        SqlResource.of(CopyCatalog.class, "tables", "listing the tables to copy")
                .each(connection, row -> tables.add(table(row, columns.getOrDefault(row.getLong(1), Columns.NONE))));
        tables.sort(LARGEST_FIRST);
        return tables;
    }

    /** The table with the sizes it has now. */
    public static CopyTable measured(Connection connection, CopyTable table) {
        String sql = "SELECT pg_relation_size(c.oid) / current_setting('block_size')::int, pg_relation_size(c.oid),"
                + " CASE WHEN c.reltoastrelid = 0 THEN 0 ELSE pg_relation_size(c.reltoastrelid) END"
                + " FROM pg_class c WHERE c.oid = " + table.oid();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? table.withSizes(row.getLong(1), row.getLong(2), row.getLong(3)) : table;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "measuring " + table.name());
        }
    }

    private static TypeForms types(Connection connection) {
        var types = new HashMap<Long, CatalogType>();
        SqlResource.of(CopyCatalog.class, "types", "listing the types").each(connection, row -> {
            var type = new CatalogType(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getString(8),
                    row.getString(9));
            types.put(type.oid(), type);
        });
        return new TypeForms(types);
    }

    private static Map<Long, Columns> columns(Connection connection, TypeForms types) {
        var columns = new HashMap<Long, Columns>();
        SqlResource.of(CopyCatalog.class, "columns", "listing the columns").each(connection, row -> {
            long type = row.getLong(3);
            var column = new CopyColumn(
                    row.getString(2), row.getString(4), types.hint(type), row.getBoolean(5), types.send(type));
            columns.put(
                    row.getLong(1),
                    columns.getOrDefault(row.getLong(1), Columns.NONE).with(column, types.isBinary(type)));
        });
        return columns;
    }

    private static CopyTable table(ResultSet row, Columns columns) throws SQLException {
        String rootSchema = row.getString(4);
        long toastBytes = row.getLong(11);
        return new CopyTable(
                new TableName(row.getString(2), row.getString(3)),
                row.getLong(1),
                rootSchema == null ? Optional.empty() : Optional.of(new TableName(rootSchema, row.getString(5))),
                row.getBoolean(6),
                columns.binary() ? RowFormat.BINARY : RowFormat.TEXT,
                columns.list(),
                row.getLong(7),
                row.getLong(8),
                row.getBoolean(9),
                row.getLong(10) + toastBytes,
                toastBytes,
                row.getBoolean(12));
    }
}
