package dev.pgkeep.postgres.copy;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Reads the rows of ranges on one session, one range at a time, in the order of the heap. After a failure the session's
 * transaction is over.
 */
public final class RangeReader {
    /** Rows with more bytes than this are delivered in pieces; in text tables those with half of it already. */
    public static final int WIDE_ROW_BYTES = 8 << 20;

    /** Bytes of a piece of a wide row: all but the last have exactly as many. */
    public static final int PIECE_BYTES = 4 << 20;

    private final Connection connection;
    private final CopyOutStream copy;
    private final WideRowReader wideRows;

    public RangeReader(CopySession session) {
        this(session.connection());
    }

    /** @param connection made ready by {@link CopySession#readByBlocks} */
    public RangeReader(Connection connection) {
        this.connection = connection;
        this.copy = new CopyOutStream(connection);
        this.wideRows = new WideRowReader(connection, copy);
    }

    /**
     * Reads all rows of a range. Rows come as COPY sends them in the table's format, without header and trailer.
     *
     * @throws PgkeepException naming table and range, when the server fails; what the taker throws is passed on after
     *     the COPY was cancelled
     */
    public void read(CopyTable table, BlockRange range, RowConsumer taker) {
        read(table, range, Tids.of(table, range), new Plain(taker));
    }

    /** Reads all rows of a range as {@link #read} does, each with its place; of a table that is read by ranges. */
    public void readPlaced(CopyTable table, BlockRange range, PlacedRows taker) {
        read(table, range, Tids.of(table, range), new Placed(table.format(), taker));
    }

    /** Reads the rows of a range that are new, each with its place. */
    public void readLater(CopyTable table, BlockRange range, RowAge age, PlacedRows taker) {
        read(table, range, Tids.of(table, range).where(age.later()), new Placed(table.format(), taker));
    }

    /** Reads the rows of a table, which is read by ranges, that the session's transaction wrote itself. */
    public void readOwn(CopyTable table, RowConsumer taker) {
        BlockRange all = new BlockRange(0, Ranges.MOST, true);
        read(table, all, Tids.of(table, all).where("xmin = pg_current_xact_id()::xid"), new Plain(taker));
    }

    /** The places of the rows of a range that were there before, ascending, as many as there are expected. */
    public long[] placesBefore(CopyTable table, BlockRange range, RowAge age, int expected) {
        return places(table, range, age.before(), expected);
    }

    /** The places of the rows of a range that are new, as {@link #placesBefore}. */
    public long[] placesLater(CopyTable table, BlockRange range, RowAge age, int expected) {
        return places(table, range, age.later(), expected);
    }

    private long[] places(CopyTable table, BlockRange range, String condition, int expected) {
        Places places = new Places(expected);
        try {
            String rows = new TableSelect(connection, table)
                    .rows("ctid", Tids.of(table, range).where(condition).condition());
            copy.read("(" + rows + ")", RowFormat.BINARY, places);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "reading " + describe(table, range));
        }
        return places.found();
    }

    private void read(CopyTable table, BlockRange range, Tids tids, Rows taker) {
        try {
            var select = new TableSelect(connection, table);
            if (table.access() == RowAccess.COPY) {
                copied(select.whole(table.columns()), table, taker);
                return;
            }
            Tids between = tids;
            for (String wide : WideRows.find(connection, table, select, between)) {
                rows(table, select, between.before(wide), taker);
                taker.wide(wide);
                wideRows.read(table, select, wide, taker.pieces());
                between = between.after(wide);
            }
            rows(table, select, between, taker);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "reading " + describe(table, range));
        }
    }

    private void rows(CopyTable table, TableSelect select, Tids tids, Rows taker) throws SQLException {
        String columns = select.columns(table.columns());
        copied("(" + select.rows(taker.columns(columns), tids.condition()) + ")", table, taker);
    }

    /**
     * A row may still be wide, when its values grow on their way out beyond what was looked for: in jsonb, twelve bytes
     * can stand for a number of 130,000 digits. There is memory for it by now, but not in what is made of rows.
     */
    private void copied(String what, CopyTable table, Rows taker) throws SQLException {
        taker.limit = WideRows.limit(table);
        copy.read(what, table.format(), taker);
    }

    /** What becomes of the rows of one COPY. */
    private abstract static class Rows implements CopyOutStream.Rows {
        private final RowConsumer taker;
        private int limit;

        Rows(RowConsumer taker) {
            this.taker = taker;
        }

        /** The columns to ask for. */
        abstract String columns(String wanted);

        /** A wide row follows, at this place. */
        abstract void wide(String place);

        RowConsumer pieces() {
            return taker;
        }

        void give(byte[] bytes, int offset, int length) {
            if (length <= limit) {
                taker.row(bytes, offset, length);
            } else {
                Pieces pieces = new Pieces(taker);
                pieces.write(bytes, offset, length);
                pieces.end();
            }
        }
    }

    /** Rows alone. */
    private static final class Plain extends Rows {
        Plain(RowConsumer taker) {
            super(taker);
        }

        @Override
        String columns(String wanted) {
            return wanted;
        }

        @Override
        void wide(String place) {
            // Nobody asked for it.
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            give(bytes, offset, length);
        }
    }

    /** Rows with their places, which come as a column before the others and are taken off. */
    private static final class Placed extends Rows {
        private final boolean binary;
        private final PlacedRows taker;

        Placed(RowFormat format, PlacedRows taker) {
            super(taker);
            this.binary = format == RowFormat.BINARY;
            this.taker = taker;
        }

        @Override
        String columns(String wanted) {
            return wanted.isEmpty() ? "ctid" : "ctid, " + wanted;
        }

        @Override
        void wide(String place) {
            byte[] text = place.getBytes(StandardCharsets.US_ASCII);
            taker.at(Tids.place(text, 0, text.length));
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            if (binary) {
                taker.at(Tids.place(bytes, offset + Tids.BEFORE));
                // The count of fields is that of the row without its place, right before its first field.
                int from = offset + Tids.BEFORE + Tids.BYTES - Short.BYTES;
                int fields = (bytes[offset] & 0xff) << Byte.SIZE | bytes[offset + 1] & 0xff;
                bytes[from] = (byte) (fields - 1 >> Byte.SIZE);
                bytes[from + 1] = (byte) (fields - 1);
                give(bytes, from, length - (from - offset));
            } else {
                int end = Tids.textEnd(bytes, offset);
                taker.at(Tids.place(bytes, offset, end - offset));
                int from = bytes[end] == '\t' ? end + 1 : end;
                give(bytes, from, length - (from - offset));
            }
        }
    }

    /** Places alone. */
    private static final class Places implements CopyOutStream.Rows {
        private long[] places;
        private int count;

        Places(int expected) {
            places = new long[expected];
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            if (count == places.length) {
                places = Arrays.copyOf(places, count + count / 2 + 16);
            }
            places[count++] = Tids.place(bytes, offset + Tids.BEFORE);
        }

        long[] found() {
            return count == places.length ? places : Arrays.copyOf(places, count);
        }
    }

    private static String describe(CopyTable table, BlockRange range) {
        String end = range.open() ? "on" : "to " + (range.first() + range.blocks() - 1);
        return table.name() + ", blocks " + range.first() + " " + end;
    }
}
