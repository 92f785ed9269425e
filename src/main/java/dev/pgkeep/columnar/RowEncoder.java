package dev.pgkeep.columnar;

import java.util.Arrays;
import java.util.List;

/**
 * Collects rows of one table as columns and packs them into a chunk. Not for several threads; reused for many chunks.
 */
public final class RowEncoder {
    /** @param columns one for each field of a row; may be empty (tables without columns have rows too) */
    public RowEncoder(RowFormat format, List<ColumnHint> columns) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds one row as COPY sends it.
     *
     * @throws dev.pgkeep.error.PgkeepException DUMP_FAILED when it has not the expected number of fields
     */
    public void add(byte[] row, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /** Rows collected since the last chunk. */
    public int rows() {
        throw new UnsupportedOperationException();
    }

    /** Bytes of the collected rows. */
    public long bytes() {
        throw new UnsupportedOperationException();
    }

    /** Packs the collected rows, and begins anew. The same rows in the same order give the same bytes. */
    public byte[] chunk() {
        return chunk((bytes, offset, length) -> Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** The same without a copy. */
    public <R> R chunk(ChunkTaker<R> taker) {
        throw new UnsupportedOperationException();
    }
}
