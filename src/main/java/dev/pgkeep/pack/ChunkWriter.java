package dev.pgkeep.pack;

/** Adds chunks to a store: hashes, compresses what is new in the calling thread, fills packs. For several threads. */
public final class ChunkWriter implements AutoCloseable {
    /**
     * Stores a chunk unless the store has it.
     *
     * @param chunk its bytes before compression; not kept after the call
     */
    public Added put(byte[] chunk, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the last pack, reads back every new pack when asked to and compares its hash, then writes the index. Only
     * now may the ids be given to anybody.
     */
    public Totals finish(boolean readBack) {
        throw new UnsupportedOperationException();
    }

    /** Leaves what was written as garbage for the next sweep, unless it was finished. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /**
     * @param id its id
     * @param isNew whether the store did not have it before this writer began
     * @param stored its compressed bytes
     */
    public record Added(ChunkId id, boolean isNew, int stored) {}

    /** What this writer added: chunks, their bytes before and after compression. */
    public record Totals(long chunks, long length, long stored) {}
}
