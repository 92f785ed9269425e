package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.postgres.copy.CopyTable.CopyColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds rows that are too wide to be held in memory, in steps within one query. First bounds that need no value to be
 * fetched: PostgreSQL knows the length of text and bytea without reading them, and of anything else the stored size,
 * which compression has made smaller by at most {@value #LZ4_RATIO} times. Where that may be too much, the exact size:
 * so what counts as wide does not depend on how values happen to be stored.
 */
final class WideRows {
    /** The bytes of output for one of input at most: one byte of length extension stands for 255. */
    private static final int LZ4_RATIO = 256;

    /** A match of 273 bytes takes three bytes and a bit. */
    private static final int PGLZ_RATIO = 92;

    /** Sent, an element has a length in front of it, and a NULL is more than a bit. */
    private static final int ARRAY_GROWTH = 8;

    /** Escapes in JSON, digits of numbers, lengths. */
    private static final int OTHER_GROWTH = 2;

    /** Toastable, but a value has a hundred kilobytes at most. */
    private static final Set<String> NEVER_WIDE =
            Set.of("pg_catalog.numeric_send", "pg_catalog.inet_send", "pg_catalog.cidr_send");

    private static final Set<String> SEND_KEEPS_LENGTH =
            Set.of("pg_catalog.textsend", "pg_catalog.varcharsend", "pg_catalog.bpcharsend", "pg_catalog.byteasend");

    private WideRows() {}

    /** Positions of wide rows in the order of the heap. */
    static List<String> find(Connection connection, CopyTable table, TableSelect select, Tids tids)
            throws SQLException {
        List<CopyColumn> columns =
                table.columns().stream().filter(WideRows::mayBeWide).toList();
        int smallest = smallestStored(table, columns);
        if (columns.isEmpty() || table.toastBytes() < smallest) {
            return List.of();
        }
        String condition = tids.condition() + " AND CASE WHEN " + stored(columns, select) + " < " + smallest
                + " THEN false WHEN " + bound(table, columns, select) + " <= " + limit(table)
                + " THEN false ELSE " + exact(table, columns, select) + " > " + limit(table) + " END";
        var found = new ArrayList<String>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select.rows("ctid::text", condition))) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static boolean mayBeWide(CopyColumn column) {
        return column.toastable() && !NEVER_WIDE.contains(column.send());
    }

    /**
     * Bytes that a wide row has on disk at the very least. Without TOAST a row is on one page, and there is no room for
     * much in it however compressed.
     */
    private static int smallestStored(CopyTable table, List<CopyColumn> columns) {
        int growth =
                columns.stream().mapToInt(column -> growth(table, column)).max().orElse(1);
        return limit(table) / LZ4_RATIO / growth;
    }

    private static String stored(List<CopyColumn> columns, TableSelect select) {
        return Balanced.sum(columns.stream()
                .map(column -> "coalesce(pg_column_size(" + select.column(column) + ")::bigint, 0)")
                .toList());
    }

    /** Text tables escape what is sent, which can double it. */
    static int limit(CopyTable table) {
        return table.format() == RowFormat.BINARY ? RangeReader.WIDE_ROW_BYTES : RangeReader.WIDE_ROW_BYTES / 2;
    }

    private static String bound(CopyTable table, List<CopyColumn> columns, TableSelect select) {
        return Balanced.sum(columns.stream()
                .map(column -> bound(table, column, select.column(column)))
                .toList());
    }

    private static String bound(CopyTable table, CopyColumn column, String name) {
        String size = keepsLength(column)
                ? "octet_length(" + name + ")::bigint"
                : "pg_column_size(" + name + ")::bigint * CASE pg_column_compression(" + name + ") WHEN 'pglz' THEN "
                        + PGLZ_RATIO + " WHEN 'lz4' THEN " + LZ4_RATIO + " ELSE 1 END";
        return "coalesce(" + size + " * " + growth(table, column) + ", 0)";
    }

    private static String exact(CopyTable table, List<CopyColumn> columns, TableSelect select) {
        return Balanced.sum(columns.stream()
                .map(column ->
                        "coalesce(octet_length(" + output(table, column, select.column(column)) + ")::bigint, 0)")
                .toList());
    }

    /** The column's value as bytea (as text in text tables), as it is sent but not escaped. */
    static String output(CopyTable table, CopyColumn column, String name) {
        return table.format() == RowFormat.BINARY
                ? column.send() + "(" + name + ")"
                : "CASE WHEN " + name + " IS NOT NULL THEN textsend(format('%s', " + name + ")) END";
    }

    private static int growth(CopyTable table, CopyColumn column) {
        if (keepsLength(column)) {
            return table.format() == RowFormat.BINARY || !column.send().endsWith("byteasend") ? 1 : 2;
        }
        return column.send().equals("pg_catalog.array_send") ? ARRAY_GROWTH : OTHER_GROWTH;
    }

    private static boolean keepsLength(CopyColumn column) {
        return SEND_KEEPS_LENGTH.contains(column.send());
    }

    /** Sums of many terms; nested evenly, since the server's parser recurses into every plus. */
    private static final class Balanced {
        static String sum(List<String> terms) {
            int count = terms.size();
            return switch (count) {
                case 0 -> "0";
                case 1 -> terms.getFirst();
                default -> "(" + sum(terms.subList(0, count / 2)) + " + " + sum(terms.subList(count / 2, count)) + ")";
            };
        }
    }
}
