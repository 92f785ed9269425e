package dev.pgkeep.restore.source;

import dev.pgkeep.columnar.RowDecoder;
import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.pack.ChunkId;
import dev.pgkeep.pack.ChunkStore;
import dev.pgkeep.pack.ChunkStore.Place;
import dev.pgkeep.progress.Cancellation;
import dev.pgkeep.progress.Crew;
import dev.pgkeep.progress.Progress;
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
        for (Placed each : place(chunks)) {
            if (each.place.isEmpty()) {
                missing.put(each.id, "chunk " + each.id + " is in no index");
                continue;
            }
            Place place = each.place.get();
            long bytes = packs.getOrDefault(place.pack(), -1L);
            if (bytes < place.offset() + place.stored()) {
                missing.put(each.id, "pack " + place.pack() + (bytes < 0 ? " is missing" : " is cut"));
            }
        }
        return missing;
    }

    /** Chunks that are missing or damaged, and why; every one is read and held against its id. */
    public Map<ChunkId, String> damaged(Collection<ChunkId> chunks) {
        return search(chunks, (id, bytes) -> {});
    }

    /**
     * The same, and every chunk of rows is unpacked.
     *
     * @param chunks chunks of rows
     * @param rows receives how many rows end in each, from several threads
     */
    public Map<ChunkId, String> damagedRows(Collection<ChunkId> chunks, ObjIntConsumer<ChunkId> rows) {
        return search(chunks, (id, bytes) -> rows.accept(id, unpack(bytes)));
    }

    private Map<ChunkId, String> search(Collection<ChunkId> chunks, Look look) {
        Map<ChunkId, String> damaged = new ConcurrentHashMap<>();
        List<Placed> queue = place(chunks);
        long total = queue.stream().mapToLong(Placed::stored).sum();
        AtomicInteger next = new AtomicInteger();
        AtomicLong done = new AtomicLong();
        Crew.run(Math.clamp(queue.size(), 1, threads), "pgkeep-check", cancellation, stop -> {
            for (int i = next.getAndIncrement(); i < queue.size(); i = next.getAndIncrement()) {
                stop.check();
                Placed chunk = queue.get(i);
                read(chunk.id, look).ifPresent(problem -> damaged.put(chunk.id, problem));
                long moved = done.addAndGet(chunk.stored());
                progress.advance(new Progress.Amount(moved, total, moved, null));
            }
        });
        return new TreeMap<>(damaged);
    }

    private Optional<String> read(ChunkId id, Look look) {
        try {
            look.at(id, store.read(id));
            return Optional.empty();
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.CHUNK_DAMAGED && e.code() != ErrorCode.OBJECT_MISSING) {
                throw e;
            }
            return Optional.of(e.getMessage());
        }
    }

    /** What no index names may still be found in a pack; it comes last. */
    private List<Placed> place(Collection<ChunkId> chunks) {
        List<Placed> placed = new ArrayList<>();
        for (ChunkId id : new HashSet<>(chunks)) {
            placed.add(new Placed(id, store.find(id)));
        }
        placed.sort(Comparator.comparing(Placed::pack).thenComparing(Placed::offset));
        return placed;
    }

    private static int unpack(byte[] chunk) {
        try {
            return RowDecoder.decode(chunk, (bytes, offset, length) -> {});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Look {
        void at(ChunkId id, byte[] bytes);
    }

    private record Placed(ChunkId id, Optional<Place> place) {
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
