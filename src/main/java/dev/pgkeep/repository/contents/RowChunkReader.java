package dev.pgkeep.repository.contents;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowDecoder;
import dev.pgkeep.format.columnar.RowPatch;
import dev.pgkeep.format.columnar.RowSink;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import java.io.IOException;
import java.util.Optional;

/** Reads the rows of stored chunks, one chunk at a time, however they are stored. Not for several threads. */
public final class RowChunkReader {
    private final ChunkStore store;
    private final RowDecoder decoder = new RowDecoder();

    public RowChunkReader(ChunkStore store) {
        this.store = store;
    }

    /**
     * Gives the rows of a chunk, in the order of the heap.
     *
     * @return how many rows end in it
     * @throws PgkeepException CHUNK_DAMAGED when something of it is missing or damaged; what a patch leaves of its rows
     *     may have been given by then
     */
    public int rows(RowChunk chunk, RowSink sink) throws IOException {
        byte[] bytes = chunk.read(store);
        Optional<ChunkId> patch = chunk.patch();
        return patch.isEmpty()
                ? decoder.decode(bytes, 0, bytes.length, sink)
                : RowPatch.of(store.read(patch.get())).apply(bytes, decoder, sink);
    }
}
