package dev.pgkeep.columnar;

import java.io.IOException;

/**
 * Unpacks chunks that {@link RowEncoder} or {@link Piece} made. Not for several threads; reused for many chunks, since
 * it keeps its buffers.
 */
public final class RowDecoder {
    /**
     * Gives the rows back, byte by byte as they were added.
     *
     * @return how many rows end in this chunk
     * @throws dev.pgkeep.error.PgkeepException CHUNK_DAMAGED when the bytes do not decode
     */
    public static int decode(byte[] chunk, RowSink sink) throws IOException {
        return new RowDecoder().decode(chunk, 0, chunk.length, sink);
    }

    /** The same with buffers that are used again. */
    public int decode(byte[] chunk, int offset, int length, RowSink sink) throws IOException {
        throw new UnsupportedOperationException();
    }
}
