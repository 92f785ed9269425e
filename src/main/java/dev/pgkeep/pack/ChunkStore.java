package dev.pgkeep.pack;

import dev.pgkeep.storage.Storage;
import java.util.Optional;

/** Reads chunks. The index is loaded at first use, about 50 bytes in memory for each chunk. For several threads. */
public final class ChunkStore {
    /** Opens the store in {@code packs/} and {@code index/} of a storage; nothing needs to be there yet. */
    public ChunkStore(Storage storage) {
        throw new UnsupportedOperationException();
    }

    /**
     * The bytes of a chunk, checked against its id.
     *
     * @throws dev.pgkeep.error.PgkeepException CHUNK_DAMAGED, naming chunk and pack, when it is missing, cut or changed
     */
    public byte[] read(ChunkId id) {
        throw new UnsupportedOperationException();
    }

    /** Where a chunk lies and what it takes there; empty when no index names it. */
    public Optional<Place> find(ChunkId id) {
        throw new UnsupportedOperationException();
    }

    /** Adds chunks. The caller holds the shared lock of the store until the backup that needs them is committed. */
    public ChunkWriter writer(int compressionLevel) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param pack name of the pack, the SHA-256 of its bytes
     * @param offset where the compressed chunk begins
     * @param stored its compressed bytes
     * @param length its bytes before compression
     */
    public record Place(String pack, long offset, int stored, int length) {}
}
