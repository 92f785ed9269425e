package dev.pgkeep.columnar;

import java.io.IOException;

/** Unpacks chunks that {@link RowEncoder} made, or that hold pieces of one wide row. */
public final class RowDecoder {
    private RowDecoder() {}

    /**
     * Gives the rows back, byte by byte as they were added.
     *
     * @return how many
     * @throws dev.pgkeep.error.PgkeepException CHUNK_DAMAGED when the bytes do not decode
     */
    public static int decode(byte[] chunk, RowSink sink) throws IOException {
        throw new UnsupportedOperationException();
    }
}
