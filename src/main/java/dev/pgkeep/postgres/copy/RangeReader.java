package dev.pgkeep.postgres.copy;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.SQLException;

/**
 * Reads the rows of ranges on one session, one range at a time, in the order of the heap. After a failure the session's
 * transaction is over.
 */
public final class RangeReader {
    /** Rows with more bytes than this are delivered in pieces; in text tables those with half of it already. */
    public static final int WIDE_ROW_BYTES = 8 << 20;

    /** Bytes of a piece of a wide row: all but the last have exactly as many. */
    public static final int PIECE_BYTES = 4 << 20;

    private final CopySession session;
    private final CopyOutStream copy;
    private final WideRowReader wideRows;

    public RangeReader(CopySession session) {
        this.session = session;
        this.copy = new CopyOutStream(session.connection());
        this.wideRows = new WideRowReader(session.connection(), copy);
    }

    /**
     * Reads all rows of a range. Rows come as COPY sends them in the table's format, without header and trailer.
     *
     * @throws PgkeepException naming table and range, when the server fails; what the taker throws is passed on after
     *     the COPY was cancelled
     */
    public void read(CopyTable table, BlockRange range, RowConsumer taker) {
        try {
            var select = new TableSelect(session.connection(), table);
            if (table.access() == RowAccess.COPY) {
                copied(select.whole(table.columns()), table, taker);
                return;
            }
            Tids between = Tids.of(table, range);
            for (String wide : WideRows.find(session.connection(), table, select, between)) {
                rows(table, select, between.before(wide), taker);
                wideRows.read(table, select, wide, taker);
                between = between.after(wide);
            }
            rows(table, select, between, taker);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "reading " + describe(table, range));
        }
    }

    /**
     * A row may still be wide, when its values grow on their way out beyond what was looked for: in jsonb, twelve bytes
     * can stand for a number of 130,000 digits. There is memory for it by now, but not in what is made of rows.
     */
    private void rows(CopyTable table, TableSelect select, Tids tids, RowConsumer taker) throws SQLException {
        copied("(" + select.rows(select.columns(table.columns()), tids.condition()) + ")", table, taker);
    }

    private void copied(String what, CopyTable table, RowConsumer taker) throws SQLException {
        int limit = WideRows.limit(table);
        copy.read(what, table.format(), (bytes, offset, length) -> {
            if (length <= limit) {
                taker.row(bytes, offset, length);
            } else {
                Pieces pieces = new Pieces(taker);
                pieces.write(bytes, offset, length);
                pieces.end();
            }
        });
    }

    private static String describe(CopyTable table, BlockRange range) {
        String end = range.open() ? "on" : "to " + (range.first() + range.blocks() - 1);
        return table.name() + ", blocks " + range.first() + " " + end;
    }
}
