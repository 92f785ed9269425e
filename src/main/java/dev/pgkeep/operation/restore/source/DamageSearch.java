package dev.pgkeep.operation.restore.source;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Crew;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.contents.RowChunkReader;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.pack.ChunkStore.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjIntConsumer;

/** Finds damaged chunks: each is read once, several at a time, in the order in which they lie in their packs. */
public final class DamageSearch {
    private final ChunkStore store;
    private final int threads;
    private final Progress progress;
    private final Cancellation cancellation;

    public DamageSearch(ChunkStore store, int threads, Progress progress, Cancellation cancellation) {
        this.store = store;
        this.threads = threads;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /** Chunks that no index names, or whose packs are missing or cut, and why; no chunk is read. */
    public Map<ChunkId, String> missing(Collection<ChunkId> chunks) {
        Map<ChunkId, String> missing = new TreeMap<>();
        Map<String, Long> packs = store.packs();
        for (ChunkId id : new HashSet<>(chunks)) {
            Optional<Place> found = store.find(id);
            if (found.isEmpty()) {
                missing.put(id, "chunk " + id + " is in no index");
                continue;
            }
            Place place = found.get();
            long bytes = packs.getOrDefault(place.pack(), -1L);
            if (bytes < place.offset() + place.stored()) {
                missing.put(id, "pack " + place.pack() + (bytes < 0 ? " is missing" : " is cut"));
            }
        }
        return missing;
    }

    /** Chunks that are missing or damaged, and why; every one is read and held against its id. */
    public Map<ChunkId, String> damaged(Collection<ChunkId> chunks) {
        return search(chunks.stream().map(RowChunk::whole).toList(), chunk -> chunk.read(store));
    }

    /**
     * Searches chunks of rows for damage, and unpacks every one.
     *
     * @param rows receives how many rows end in each, from several threads
     */
    public Map<ChunkId, String> damagedRows(Collection<RowChunk> chunks, ObjIntConsumer<RowChunk> rows) {
        return search(chunks, chunk -> rows.accept(chunk, unpack(chunk)));
    }

    private Map<ChunkId, String> search(Collection<RowChunk> chunks, Look look) {
        Map<ChunkId, String> damaged = new ConcurrentHashMap<>();
        List<Placed> queue = place(chunks);
        long total = queue.stream().mapToLong(Placed::stored).sum();
        AtomicInteger next = new AtomicInteger();
        AtomicLong done = new AtomicLong();
        Crew.run(Math.clamp(queue.size(), 1, threads), "pgkeep-check", cancellation, stop -> {
            for (int i = next.getAndIncrement(); i < queue.size(); i = next.getAndIncrement()) {
                stop.check();
                Placed chunk = queue.get(i);
                read(chunk.rows, look, damaged);
                long moved = done.addAndGet(chunk.stored());
                progress.advance(new Progress.Amount(moved, total, moved, null));
            }
        });
        return new TreeMap<>(damaged);
    }

    private void read(RowChunk chunk, Look look, Map<ChunkId, String> damaged) {
        Optional<String> problem = problem(() -> look.at(chunk));
        if (problem.isEmpty()) {
            return;
        }
        List<ChunkId> parts = new ArrayList<>();
        chunk.forEachStored(parts::add);
        Map<ChunkId, String> found = new TreeMap<>();
        parts.forEach(id -> problem(() -> store.read(id)).ifPresent(part -> found.put(id, part)));
        if (found.isEmpty()) {
            // Each is as it was written, but they do not fit: the last one tells what to do with those before it.
            found.put(parts.getLast(), problem.get());
        }
        damaged.putAll(found);
    }

    private static Optional<String> problem(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.CHUNK_DAMAGED && e.code() != ErrorCode.OBJECT_MISSING) {
                throw e;
            }
            return Optional.of(e.getMessage());
        }
    }

    /** The chunks in the order of their packs; what no index names may still be found in a pack and comes last. */
    private List<Placed> place(Collection<RowChunk> chunks) {
        List<Placed> placed = new ArrayList<>();
        for (RowChunk chunk : new HashSet<>(chunks)) {
            placed.add(new Placed(chunk, store.find(chunk.base())));
        }
        placed.sort(Comparator.comparing(Placed::pack).thenComparing(Placed::offset));
        return placed;
    }

    private int unpack(RowChunk chunk) {
        try {
            return new RowChunkReader(store).rows(chunk, (bytes, offset, length) -> {});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Look {
        void at(RowChunk chunk);
    }

    private record Placed(RowChunk rows, Optional<Place> place) {
        private String pack() {
            return place.map(Place::pack).orElse("~");
        }

        private long offset() {
            return place.map(Place::offset).orElse(0L);
        }

        private long stored() {
            return place.map(Place::stored).orElse(0);
        }
    }
}
