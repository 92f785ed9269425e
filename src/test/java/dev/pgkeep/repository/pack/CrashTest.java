package dev.pgkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.storage.MemoryStorage;
import dev.pgkeep.repository.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The process dies between any two changes to the storage: what was committed stays, what was not goes. */
class CrashTest {
    private final MemoryStorage memory = new MemoryStorage();
    /** Committed backups: the chunks that each needs. */
    private final Map<Integer, List<ChunkId>> backups = new TreeMap<>();

    private final Map<ChunkId, byte[]> contents = new HashMap<>();

    @Test
    void a_writer_that_dies_at_any_step_costs_nothing_and_leaves_nothing_after_a_sweep() {
        var old = IntStream.range(0, 10).mapToObj(i -> Chunks.text(i, 5_000)).toList();
        commit(1, old);
        var clean = memory.objects.size();
        // Two chunks to a pack, so there are several packs.
        var fresh = IntStream.range(0, 6)
                .mapToObj(i -> Chunks.noise(50 + i, 8 << 20))
                .toList();
        int changes = 0;
        while (!Crashes.survives(memory, changes, storage -> write(storage, fresh, 2))) {
            assertCommitted();
            Crashes.sweep(memory, needed());
            assertThat(memory.objects).hasSize(clean);
            changes++;
        }
        // Six packs, for two chunks of 8 MB and what surrounds them do not fit, and one index.
        assertThat(changes).isEqualTo(7);
    }

    @Test
    void a_sweep_that_dies_at_any_step_twice_in_a_row_costs_nothing() {
        for (int first = 0, second = 0; first < 20; first++, second = (second + 3) % 7) {
            memory.objects.clear();
            backups.clear();
            manyKinds();
            int wanted = second;
            boolean done = Crashes.survives(memory, first, storage -> Crashes.sweep(storage, needed()));
            assertCommitted();
            assertSound();
            Crashes.survives(memory, wanted, storage -> Crashes.sweep(storage, needed()));
            assertCommitted();
            assertSound();
            Crashes.sweep(memory, needed());
            assertCommitted();
            assertThat(memory.list("index")).hasSize(1);
            assertThat(Sweep.prepare(memory).plan(Crashes.set(needed())).isEmpty())
                    .isTrue();
            if (done) {
                assertThat(first).isGreaterThan(6);
                return;
            }
        }
        throw new AssertionError("a sweep takes more steps than expected");
    }

    /** A dead pack, two half-dead ones, a full one, a stray one. */
    private void manyKinds() {
        commit(1, texts(0, 10));
        commit(2, texts(100, 10));
        commit(3, texts(200, 10));
        commit(4, texts(300, 10));
        write(memory, texts(400, 10), 9);
        memory.delete(memory.list("index").getLast().path());
        Crashes.survives(memory, 1, storage -> write(storage, texts(500, 10), 10));
        var two = removed(2).subList(0, 3);
        var three = removed(3).subList(0, 3);
        backups.remove(1);
        backups.put(5, Stream.concat(two.stream(), three.stream()).toList());
    }

    private List<ChunkId> removed(int name) {
        return Objects.requireNonNull(backups.remove(name));
    }

    private static List<byte[]> texts(int seed, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Chunks.text(seed + i, 5_000))
                .toList();
    }

    @Property(tries = 150)
    void whatever_happens_in_whatever_order_all_committed_chunks_are_readable(@ForAll long seed) {
        var random = new Random(seed);
        for (int step = 0; step < 25; step++) {
            int number = step;
            switch (random.nextInt(6)) {
                case 0, 1 -> commit(number, some(random));
                case 2 -> Crashes.survives(memory, random.nextInt(3), storage -> commit(storage, number, some(random)));
                case 3 -> {
                    if (!backups.isEmpty()) {
                        var names = List.copyOf(backups.keySet());
                        backups.remove(names.get(random.nextInt(names.size())));
                    }
                }
                case 4 -> Crashes.survives(memory, random.nextInt(8), storage -> Crashes.sweep(storage, needed()));
                default -> {
                    Crashes.sweep(memory, needed());
                    assertThat(memory.list("index")).hasSizeLessThanOrEqualTo(SweepPlanning.MANY_INDEX_FILES);
                }
            }
            if (random.nextInt(20) == 0) {
                RepairIndex.run(
                        memory,
                        random.nextBoolean() ? RepairIndex.Depth.CHUNKS : RepairIndex.Depth.TRAILERS,
                        new Cancellation());
            }
            assertCommitted();
        }
        assertSound();
        backups.clear();
        Crashes.sweep(memory, needed());
        assertThat(memory.objects).isEmpty();
    }

    private static List<byte[]> some(Random random) {
        return random.ints(1 + random.nextInt(12), 0, 60)
                .mapToObj(i -> Chunks.text(i, 200 + 10 * i))
                .toList();
    }

    private void commit(int name, List<byte[]> chunks) {
        commit(memory, name, chunks);
    }

    private void commit(Storage storage, int name, List<byte[]> chunks) {
        backups.put(name, write(storage, chunks, name));
    }

    private List<ChunkId> write(Storage storage, List<byte[]> chunks, int name) {
        try (var writer = new ChunkStore(storage).writer(1)) {
            var ids = new ArrayList<ChunkId>();
            for (var chunk : chunks) {
                var id = writer.put(chunk, 0, chunk.length).id();
                contents.put(id, chunk);
                ids.add(id);
            }
            writer.finish(name % 2 == 0);
            return ids;
        }
    }

    private List<ChunkId> needed() {
        return backups.values().stream().flatMap(List::stream).toList();
    }

    private void assertCommitted() {
        var store = new ChunkStore(memory);
        needed().forEach(id -> assertThat(store.read(id)).isEqualTo(contents.get(id)));
    }

    private void assertSound() {
        var report = StoreCheck.run(memory, StoreCheck.Depth.FULL, 1, Progress.SILENT, new Cancellation());
        assertThat(needed()).noneMatch(report::isLost);
        assertThat(report.isSound()).as(report.findings().toString()).isTrue();
    }
}
