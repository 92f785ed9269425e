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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists the tables whose rows belong to a backup, and how they are to be read. */
public final class CopyCatalog {
    private static final Comparator<CopyTable> LARGEST_FIRST =
            Comparator.comparingLong(CopyTable::bytes).reversed().thenComparing(CopyTable::name);

    private static final String SIZES = """
            SELECT s.id, s.heap / current_setting('block_size')::int, s.heap, s.toast
            FROM (SELECT c.oid AS id, pg_relation_size(c.oid) AS heap,
                         CASE WHEN c.reltoastrelid = 0 THEN 0 ELSE pg_relation_size(c.reltoastrelid) END AS toast
                  FROM pg_class c WHERE c.oid = ANY (?)) AS s
            WHERE s.heap IS NOT NULL AND s.toast IS NOT NULL""";

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
     * Every table whose rows pg_dump would dump, as the connection's snapshot sees them, by name, not measured. To be
     * called on the session that holds the snapshot (its encoding UTF8), before {@link TableLocks#take}.
     *
     * @throws dev.pgkeep.base.error.PgkeepException when the connection is lost
     */
    public static List<CopyTable> read(Connection connection) {
        Map<Long, Columns> columns = columns(connection, types(connection));
        var tables = new ArrayList<CopyTable>();
        SqlResource.of(CopyCatalog.class, "tables", "listing the tables to copy")
                .each(connection, row -> tables.add(table(row, columns.getOrDefault(row.getLong(1), Columns.NONE))));
        return tables;
    }

    /** The tables with the sizes they have now, largest first; waits for who has locked one of them exclusively. */
    public static List<CopyTable> measured(Connection connection, List<CopyTable> tables) {
        try {
            return largestFirst(measure(connection, tables));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "measuring the tables");
        }
    }

    /** Measures tables and chooses how they are read; what was dropped meanwhile stays unmeasured. */
    static List<CopyTable> measure(Connection connection, List<CopyTable> tables) throws SQLException {
        Map<Long, CopyTable> byOid = new LinkedHashMap<>();
        tables.forEach(table -> byOid.put(table.oid(), table));
        try (var query = connection.prepareStatement(SIZES)) {
            query.setArray(1, connection.createArrayOf("oid", byOid.keySet().toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    long blocks = row.getLong(2);
                    long heap = row.getLong(3);
                    long toast = row.getLong(4);
                    byOid.computeIfPresent(row.getLong(1), (oid, table) -> table.withSizes(blocks, heap, toast));
                }
            }
        }
        Planning.unplannable(connection, tables)
                .forEach(oid -> byOid.computeIfPresent(oid, (id, table) -> table.by(RowAccess.COPY)));
        return List.copyOf(byOid.values());
    }

    static List<CopyTable> largestFirst(List<CopyTable> tables) {
        return tables.stream().sorted(LARGEST_FIRST).toList();
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
        return new CopyTable(
                new TableName(row.getString(2), row.getString(3)),
                row.getLong(1),
                rootSchema == null ? Optional.empty() : Optional.of(new TableName(rootSchema, row.getString(5))),
                row.getBoolean(6),
                columns.binary() ? RowFormat.BINARY : RowFormat.TEXT,
                columns.list(),
                row.getLong(7),
                CopyTable.UNMEASURED,
                row.getBoolean(8) ? RowAccess.BLOCKS : RowAccess.QUERY,
                0,
                Long.MAX_VALUE,
                row.getBoolean(9));
    }
}
