package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.postgres.copy.CopyTable.CopyColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one wide row: narrow columns many at a time, each wide one in slices that the server cuts from what it would
 * send. What comes out are the bytes that COPY would have sent for the row.
 */
final class WideRowReader {
    private static final int SLICE = RangeReader.PIECE_BYTES;

    private final Connection connection;
    private final CopyOutStream copy;

    WideRowReader(Connection connection, CopyOutStream copy) {
        this.connection = connection;
        this.copy = copy;
    }

    void read(CopyTable table, TableSelect select, String tid, RowConsumer taker) throws SQLException {
        String condition = "ctid = '" + tid + "'";
        var row = new Row(table, select, condition, new Pieces(taker));
        row.read(sizes(row));
    }

    /** The number of bytes that each column sends; 0 for NULL and for types whose values are always small. */
    private long[] sizes(Row row) throws SQLException {
        var sizes = new long[row.table.columns().size()];
        var terms = new ArrayList<String>();
        for (CopyColumn column : row.table.columns()) {
            terms.add(column.toastable() ? "octet_length(" + row.output(column) + ")" : "0");
        }
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(row.select.rows(String.join(", ", terms), row.condition))) {
            if (found.next()) {
                for (int i = 0; i < sizes.length; i++) {
                    sizes[i] = found.getLong(i + 1);
                }
            }
        }
        return sizes;
    }

    /** The row that is read, with what is needed all the while. */
    private final class Row {
        final CopyTable table;
        final TableSelect select;
        final String condition;
        private final Pieces pieces;
        private boolean first = true;

        Row(CopyTable table, TableSelect select, String condition, Pieces pieces) {
            this.table = table;
            this.select = select;
            this.condition = condition;
            this.pieces = pieces;
        }

        String output(CopyColumn column) {
            return WideRows.output(table, column, select.column(column));
        }

        void read(long[] sizes) throws SQLException {
            List<CopyColumn> columns = table.columns();
            if (table.format() == RowFormat.BINARY) {
                pieces.write(columns.size() >> 8);
                pieces.write(columns.size());
            }
            int start = 0;
            while (start < sizes.length) {
                if (sizes[start] > SLICE) {
                    wide(columns.get(start));
                    start++;
                } else {
                    int end = narrowRun(sizes, start);
                    narrow(columns.subList(start, end));
                    start = end;
                }
            }
            if (table.format() == RowFormat.TEXT) {
                pieces.write('\n');
            }
            pieces.end();
        }

        private static int narrowRun(long[] sizes, int start) {
            int end = start;
            long sum = 0;
            while (end < sizes.length && sum + sizes[end] <= SLICE) {
                sum += sizes[end++];
            }
            return end;
        }

        private void narrow(List<CopyColumn> columns) throws SQLException {
            separate();
            boolean binary = table.format() == RowFormat.BINARY;
            copy.read(
                    "(" + select.rows(select.columns(columns), condition) + ")",
                    table.format(),
                    (bytes, offset, length) -> {
                        // The count of fields is that of the whole row; the line feed comes at its end.
                        if (binary) {
                            pieces.write(bytes, offset + 2, length - 2);
                        } else {
                            pieces.write(bytes, offset, length - 1);
                        }
                    });
        }

        private void wide(CopyColumn column) throws SQLException {
            separate();
            boolean binary = table.format() == RowFormat.BINARY;
            copy.read("(" + slices(column) + ")", RowFormat.BINARY, (bytes, offset, length) -> {
                // Count of fields, then each with its length: number of the slice, bytes of all, slice.
                int at = offset + 2;
                boolean begins = CopyOutStream.intAt(bytes, at + 4) == 0;
                if (begins && binary) {
                    pieces.write(bytes, at + 12, 4);
                }
                if (binary) {
                    pieces.write(bytes, at + 20, length - 22);
                } else {
                    pieces.writeEscaped(bytes, at + 20, length - 22);
                }
            });
        }

        /** OFFSET 0 keeps the planner from computing the value anew for every slice. */
        private String slices(CopyColumn column) {
            String value = select.rows(output(column) + " AS v", condition);
            return "SELECT i, octet_length(v), substring(v FROM 1 + i * " + SLICE + " FOR " + SLICE + ") FROM (" + value
                    + " OFFSET 0) AS s, generate_series(0, (octet_length(v) - 1) / " + SLICE + ") AS i";
        }

        private void separate() {
            if (!first && table.format() == RowFormat.TEXT) {
                pieces.write('\t');
            }
            first = false;
        }
    }
}
