package dev.pgkeep.repository.contents;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.pack.Delta;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A chunk of rows, and how it is stored.
 *
 * @param id its id; where there is a patch, that of the chunk to which this belongs
 * @param change how it is stored when not as it is: relative to what the same blocks held in an earlier backup
 * @param patch what became of its rows since, as {@link dev.pgkeep.format.columnar.RowPatch} has it
 */
public record RowChunk(ChunkId id, Optional<Change> change, Optional<ChunkId> patch) {
    /**
     * The change that makes one chunk of another.
     *
     * @param delta the stored chunk that tells the difference
     * @param base the chunk it is relative to; stored as it is
     */
    public record Change(ChunkId delta, ChunkId base) {}

    /** A chunk of which all rows are as they are stored. */
    public RowChunk(ChunkId id, Optional<Change> change) {
        this(id, change, Optional.empty());
    }

    /** A chunk that is stored as it is. */
    public static RowChunk whole(ChunkId id) {
        return new RowChunk(id, Optional.empty());
    }

    /** This chunk with other rows. */
    public RowChunk patched(ChunkId by) {
        return new RowChunk(id, change, Optional.of(by));
    }

    /** The stored chunk that tells most of it. */
    public ChunkId base() {
        return change.map(Change::base).orElse(id);
    }

    /** Gives the chunks of the store that are needed to read it. */
    public void forEachStored(Consumer<ChunkId> action) {
        action.accept(base());
        change.map(Change::delta).ifPresent(action);
        patch.ifPresent(action);
    }

    /** How many chunks of the store are needed to read it. */
    public int stored() {
        return 1 + (change.isPresent() ? 1 : 0) + (patch.isPresent() ? 1 : 0);
    }

    /**
     * The bytes of the chunk without its patch, checked against its id.
     *
     * @throws PgkeepException CHUNK_DAMAGED when something of it is missing or damaged
     */
    public byte[] read(ChunkStore store) {
        byte[] base = store.read(base());
        return change.isEmpty()
                ? base
                : Delta.apply(base, store.read(change.get().delta()), id);
    }
}
