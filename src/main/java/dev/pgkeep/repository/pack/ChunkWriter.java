package dev.pgkeep.repository.pack;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Crew;
import dev.pgkeep.base.progress.Parallelism;
import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Adds chunks to a store: hashes, compresses what is new in the calling thread, fills packs. For several threads; two
 * that bring the same chunk at once store it once. Memory: four packs of 16 MB, for each thread a zstd context and room
 * for its largest chunk, about 60 bytes for each new chunk.
 */
public final class ChunkWriter implements AutoCloseable {
    /** First bytes of chunks, see docs/chunked-format.md. */
    private static final byte CONTENTS = 3;

    private static final byte SKELETON = 4;

    private static final int[] NO_SEAMS = {};

    /** Packs that are read back at once, at most. */
    private static final int READERS = 4;

    private final ChunkStore store;
    private final KnownChunks known;
    private final int level;
    private final PackQueue line;
    private final NewChunks fresh = new NewChunks();
    private final ConcurrentLinkedQueue<Compressor> compressors = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    ChunkWriter(ChunkStore store, KnownChunks known, int level) {
        this.store = store;
        this.known = known;
        this.level = level;
        this.line = new PackQueue(store.storage());
    }

    /**
     * Stores a chunk unless the store has it.
     *
     * @param chunk its bytes before compression; not kept after the call
     */
    public Added put(byte[] chunk, int offset, int length) {
        return put(chunk, offset, length, NO_SEAMS);
    }

    /**
     * Adds a chunk of several parts.
     *
     * @param seams where parts of another kind begin, counted from the offset, ascending: it compresses better then
     */
    public Added put(byte[] chunk, int offset, int length, int[] seams) {
        return put(ChunkId.hash(chunk, offset, length), chunk, offset, length, seams);
    }

    /** Adds a chunk whose id is known already. */
    public Added put(ChunkId id, byte[] chunk, int offset, int length, int[] seams) {
        if (ended) {
            throw new IllegalStateException("this writer has ended");
        }
        int stored = known.stored(id);
        if (stored >= 0) {
            return new Added(id, false, stored);
        }
        stored = fresh.claim(id);
        return new Added(id, true, stored == NewChunks.CLAIMED ? add(id, chunk, offset, length, seams) : stored);
    }

    /** A chunk that was there, intact as far as is known, before this writer began. */
    public Optional<Added> find(ChunkId id) {
        int stored = known.stored(id);
        return stored < 0 ? Optional.empty() : Optional.of(new Added(id, false, stored));
    }

    private int add(ChunkId id, byte[] chunk, int offset, int length, int[] seams) {
        // What every restore needs lies apart from rows: a lost pack of rows costs only the tables in it.
        int lane = length > 0 && (chunk[offset] == CONTENTS || chunk[offset] == SKELETON) ? 1 : 0;
        Compressor compressor = borrowed();
        boolean done = false;
        try {
            ByteBuffer body = compressor
                    .compress(chunk, offset, length, seams)
                    .orElseGet(() -> ByteBuffer.wrap(chunk, offset, length));
            int stored = body.remaining();
            var spot = line.append(lane, id, body, length);
            fresh.placed(id, spot.pack(), spot.offset(), stored, length);
            done = true;
            return stored;
        } finally {
            compressors.add(compressor);
            if (!done) {
                fresh.fail();
            }
        }
    }

    private Compressor borrowed() {
        Compressor spare = compressors.poll();
        return spare == null ? new Compressor(level) : spare;
    }

    /**
     * Writes the last pack, reads back every new pack when asked to and compares its hash, then writes the index. Only
     * now may the ids be given to anybody. No other call may be under way.
     */
    public Totals finish(boolean readBack) {
        if (ended || fresh.hasFailed()) {
            throw new IllegalStateException("a writer that failed or ended cannot be finished");
        }
        ended = true;
        var packs = line.finish();
        if (readBack) {
            readBack(packs);
        }
        var totals = fresh.totals();
        if (totals.chunks() > 0) {
            var index = new ChunkIndex(fresh.entries(), packs);
            IndexFiles.write(store.storage(), index);
            store.add(index);
        }
        return totals;
    }

    /** Several at once: nobody else has work by now. */
    private void readBack(List<PackName> packs) {
        var objects = new PackObjects(store.storage());
        Queue<PackName> left = new ConcurrentLinkedQueue<>(packs);
        int threads = Math.clamp(packs.size(), 1, Math.min(READERS, Parallelism.threads()));
        Crew.run(threads, "read-back", new Cancellation(), stop -> {
            for (PackName pack = left.poll(); pack != null && !stop.isCancelled(); pack = left.poll()) {
                objects.readBack(pack);
            }
        });
    }

    /** Leaves what was written as garbage for the next sweep, unless it was finished. */
    @Override
    public void close() {
        ended = true;
        line.close();
        for (var each = compressors.poll(); each != null; each = compressors.poll()) {
            each.close();
        }
    }

    /**
     * @param id its id
     * @param isNew whether the store did not have it before this writer began
     * @param stored its compressed bytes
     */
    public record Added(ChunkId id, boolean isNew, int stored) {}

    /** The total that this writer added: chunks, their bytes before and after compression. */
    public record Totals(long chunks, long length, long stored) {}
}
