package dev.pgkeep.postgres.copy;

/** Reads the rows of ranges on one session, one range at a time, in the order of the heap. */
public final class RangeReader {
    /** Rows with more bytes than this are delivered in pieces. */
    public static final int WIDE_ROW_BYTES = 16 << 20;

    /** Bytes of a piece of a wide row, at most. */
    public static final int PIECE_BYTES = 4 << 20;

    public RangeReader(CopySession session) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads all rows of a range. Rows come as COPY sends them in the table's format, without header and trailer.
     *
     * @throws dev.pgkeep.error.PgkeepException naming table and range, when the server fails; what the taker throws is
     *     passed on after the COPY was ended
     */
    public void read(CopyTable table, BlockRange range, RowTaker taker) {
        throw new UnsupportedOperationException();
    }
}
