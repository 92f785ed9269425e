package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowPatch;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.contents.RowChunk.Change;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.pack.ChunkStore.Place;
import dev.pgkeep.repository.pack.ChunkWriter;
import dev.pgkeep.repository.pack.ChunkWriter.Added;
import dev.pgkeep.repository.pack.Delta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stores chunks of rows. Where only some rows of an extent changed since an earlier backup, it stores what changed: a
 * delta to the chunk that is stored. One for each worker.
 */
final class RowStore implements AutoCloseable {
    /**
     * A delta that takes more than this part of its base is not worth the second chunk to be read. Deltas are always
     * made to a chunk that is stored as it is, so they grow from backup to backup; at this part the chunk is stored
     * anew.
     */
    private static final int PART = 3;

    /** The bytes that two more ids take in the contents; a delta saves more than that or is none. */
    private static final int LEAST = 256;

    private static final int[] NO_SEAMS = {};

    private final ChunkStore store;
    private final ChunkWriter writer;
    private final Delta delta = new Delta();

    RowStore(ChunkStore store, ChunkWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /** The chunks of an extent as an earlier backup has them; empty unless all are there, intact as far as is known. */
    Optional<List<Stored>> kept(List<RowChunk> earlier) {
        List<Stored> kept = new ArrayList<>();
        for (RowChunk chunk : earlier) {
            List<Added> added = new ArrayList<>();
            chunk.forEachStored(id -> writer.find(id).ifPresent(added::add));
            if (added.size() < chunk.stored()) {
                return Optional.empty();
            }
            int length = store.find(chunk.base()).map(Place::length).orElse(0);
            kept.add(new Stored(chunk, length, added));
        }
        return Optional.of(kept);
    }

    /** Stores what became of the rows of a chunk that is there. */
    Stored patch(RowChunk chunk, RowPatch patch) {
        RowChunk below = new RowChunk(chunk.id(), chunk.change());
        Stored kept = kept(List.of(below)).orElseThrow().getFirst();
        byte[] bytes = patch.chunk();
        Added added = writer.put(bytes, 0, bytes.length);
        List<Added> all = new ArrayList<>(kept.added());
        all.add(added);
        return new Stored(below.patched(added.id()), kept.length(), all);
    }

    /** Stores another kind of chunk that belongs to rows. */
    Added put(byte[] chunk) {
        return writer.put(chunk, 0, chunk.length);
    }

    /** A chunk that is there, intact as far as is known. */
    Optional<Added> find(ChunkId id) {
        return writer.find(id);
    }

    /** The bytes of a chunk that is there; empty where they turn out to be damaged: verify will tell of it. */
    Optional<byte[]> readable(ChunkId id) {
        return writer.find(id).flatMap(this::read);
    }

    /** The rows of a chunk without its patch, as {@link #readable}; only where a patch could be stored to it. */
    Optional<byte[]> readable(RowChunk chunk) {
        return kept(List.of(new RowChunk(chunk.id(), chunk.change())))
                .flatMap(there -> intact(() -> chunk.read(store)));
    }

    /**
     * Stores a chunk unless the store has it.
     *
     * @param earlier what the same blocks held before
     */
    Stored put(Optional<RowChunk> earlier, byte[] chunk, int offset, int length, int[] seams) {
        ChunkId id = ChunkId.hash(chunk, offset, length);
        Optional<Stored> relative =
                writer.find(id).isPresent() ? Optional.empty() : relative(earlier, id, chunk, offset, length);
        return relative.orElseGet(
                () -> new Stored(RowChunk.whole(id), length, List.of(writer.put(id, chunk, offset, length, seams))));
    }

    private Optional<Stored> relative(Optional<RowChunk> earlier, ChunkId id, byte[] chunk, int offset, int length) {
        Optional<Added> base = earlier.map(RowChunk::base).flatMap(writer::find);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        Optional<Change> known = earlier.filter(each -> each.id().equals(id)).flatMap(RowChunk::change);
        return known.flatMap(change -> writer.find(change.delta()))
                .or(() -> changed(base.get(), chunk, offset, length))
                .map(added -> new Stored(
                        new RowChunk(
                                id,
                                Optional.of(new Change(added.id(), base.get().id()))),
                        length,
                        List.of(base.get(), added)));
    }

    private Optional<Added> changed(Added base, byte[] chunk, int offset, int length) {
        int most = base.stored() / PART - LEAST;
        return Optional.of(base)
                .filter(each -> most > 0 && length <= Delta.LARGEST)
                .flatMap(this::read)
                .flatMap(before -> delta.between(before, chunk, offset, length, most))
                .map(made -> writer.put(made, 0, made.length, NO_SEAMS));
    }

    private Optional<byte[]> read(Added base) {
        return intact(() -> store.read(base.id()));
    }

    /** What is damaged is not there to build on; verify will tell of it. */
    static <T> Optional<T> intact(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.CHUNK_DAMAGED || e.code() == ErrorCode.OBJECT_MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        delta.close();
    }

    /**
     * @param chunk how it is stored
     * @param length its bytes before compression; of one that was kept as a delta about so many
     * @param added the chunks of the store that it takes
     */
    record Stored(RowChunk chunk, int length, List<Added> added) {}
}
