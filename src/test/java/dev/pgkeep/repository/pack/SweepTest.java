package dev.pgkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.pack.PackFormat.Entry;
import dev.pgkeep.repository.storage.FaultyStorage;
import dev.pgkeep.repository.storage.FaultyStorage.Lie;
import dev.pgkeep.repository.storage.LocalStorage;
import dev.pgkeep.repository.storage.MemoryStorage;
import dev.pgkeep.repository.storage.Storage;
import dev.pgkeep.repository.storage.Storage.Stored;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    private final MemoryStorage memory = new MemoryStorage();

    @Test
    void a_store_in_which_everything_is_needed_is_left_alone() {
        var ids = put(0, 20);
        var before = List.copyOf(memory.objects.keySet());
        assertThat(plan(ids).isEmpty()).isTrue();
        sweep(memory, ids);
        assertThat(memory.objects.keySet()).containsExactlyElementsOf(before);
    }

    @Test
    void packs_that_nobody_needs_go_and_those_with_much_garbage_are_packed_anew() {
        var dead = put(0, 20);
        var half = put(100, 20);
        var full = put(200, 20);
        var packs = memory.list("packs").size();
        assertThat(packs).isEqualTo(3);
        var live = new ArrayList<>(half.subList(0, 5));
        live.addAll(full.subList(0, 15));

        var plan = plan(live);
        assertThat(plan.delete()).containsExactly(pack(dead));
        assertThat(plan.compact()).containsExactly(pack(half));
        assertThat(plan.rewriteIndex()).isTrue();
        long before = bytes();
        var outcome = sweep(memory, live);
        assertThat(outcome.packsRemoved()).isEqualTo(2);
        assertThat(outcome.packsWritten()).isEqualTo(1);
        assertThat(outcome.spared()).isEmpty();
        assertThat(before - bytes()).isEqualTo(outcome.bytesFreed());
        assertThat(outcome.bytesFreed()).isBetween(plan.bytesToWin() - 2000, plan.bytesToWin() + 2000);
        assertReadable(memory, live, List.of());
        assertThat(memory.list("index")).hasSize(1);
        assertThat(check(memory).findings()).isEmpty();
        // What stays as garbage is still known, so it need not be stored again.
        assertThat(new ChunkStore(memory).find(full.get(19))).isPresent();
        assertThat(plan(live).isEmpty()).isTrue();
    }

    @Test
    void without_any_backup_nothing_stays() {
        put(0, 20);
        put(50, 20);
        sweep(memory, List.of());
        assertThat(memory.objects).isEmpty();
    }

    @Test
    void packs_of_a_crashed_writer_are_taken_back() {
        var live = put(0, 5);
        try (var writer = new ChunkStore(memory).writer(1)) {
            writer.put(Chunks.noise(1, 17 << 20), 0, 17 << 20);
            writer.put(Chunks.noise(2, 100), 0, 100);
        }
        assertThat(memory.list("packs")).hasSize(2);
        sweep(memory, live);
        assertThat(memory.list("packs")).hasSize(1);
        assertReadable(memory, live, List.of());
    }

    @Test
    void many_small_packs_and_index_files_become_few() {
        var live = new ArrayList<ChunkId>();
        for (int i = 0; i < 40; i++) {
            live.addAll(put(1000 * i, 2));
        }
        sweep(memory, live);
        assertThat(memory.list("packs")).hasSize(1);
        assertThat(memory.list("index")).hasSize(1);
        assertReadable(memory, live, List.of());
    }

    @Test
    void a_chunk_that_two_writers_stored_at_once_stays_once() {
        var one = new ChunkStore(memory).writer(1);
        var other = new ChunkStore(memory).writer(1);
        var ids = new ArrayList<ChunkId>();
        for (int i = 0; i < 10; i++) {
            byte[] chunk = chunk(i);
            ids.add(one.put(chunk, 0, chunk.length).id());
            other.put(chunk, 0, chunk.length);
        }
        other.put(new byte[7], 0, 7);
        one.finish(true);
        other.finish(true);
        one.close();
        other.close();
        assertThat(memory.list("packs")).hasSize(2);
        sweep(memory, ids);
        assertThat(memory.list("packs")).hasSize(1);
        assertReadable(memory, ids, List.of());
    }

    @Test
    void the_intact_one_of_two_places_stays_whichever_it_is() {
        for (int victim = 0; victim < 2; victim++) {
            memory.objects.clear();
            a_chunk_in_two_packs();
            var packs = Chunks.packs(memory);
            var ids = IntStream.range(0, 10)
                    .mapToObj(i -> ChunkId.hash(chunk(i), 0, 9000))
                    .toList();
            byte[] bytes = memory.bytes(PackFormat.path(packs.get(victim)));
            var entries = PackReader.trailer(bytes).orElseThrow();
            var first = entries.stream().filter(e -> e.id().equals(ids.get(3))).findFirst();
            bytes[first.map(Entry::offset).orElseThrow() + 20] ^= 1;
            sweep(memory, ids);
            assertReadable(memory, ids, List.of());
        }
    }

    private void a_chunk_in_two_packs() {
        try (var one = new ChunkStore(memory).writer(1);
                var other = new ChunkStore(memory).writer(3)) {
            for (int i = 0; i < 10; i++) {
                one.put(chunk(i), 0, 9000);
                other.put(chunk(i), 0, 9000);
            }
            other.put(new byte[7], 0, 7);
            one.finish(true);
            other.finish(true);
        }
    }

    @Test
    void a_pack_with_a_needed_chunk_that_is_damaged_is_spared() {
        var ids = put(0, 20);
        String damaged = pack(ids);
        // Compacted as well, and not spared.
        var others = put(100, 20);
        String other = pack(others);
        byte[] bytes = memory.bytes(PackFormat.path(damaged));
        bytes[PackFormat.HEADER + PackFormat.HEAD + 10] ^= 1;
        var live = new ArrayList<>(ids.subList(0, 3));
        live.addAll(others.subList(0, 3));
        assertThat(plan(live).compact()).containsExactlyInAnyOrder(damaged, other);
        var outcome = sweep(memory, live);
        assertThat(outcome.spared()).containsExactly(damaged);
        assertThat(Chunks.packs(memory)).contains(damaged).doesNotContain(other);
        assertReadable(memory, live.subList(1, 6), List.of(ids.get(0)));
    }

    @Test
    void packs_that_a_lost_index_file_named_are_adopted_while_they_are_needed() {
        var first = put(0, 20);
        String lost = memory.list("index").getFirst().path();
        var second = put(100, 20);
        memory.delete(lost);
        var live = new ArrayList<>(first);
        live.addAll(second);
        assertThat(plan(live).adopt()).containsExactly(pack(first));
        assertThat(plan(live).missing()).isZero();
        sweep(memory, live);
        assertReadable(memory, live, List.of());
        assertThat(check(memory).findings()).isEmpty();
    }

    @Test
    void a_damaged_index_file_is_replaced() {
        var ids = put(0, 20);
        memory.objects.values().stream().filter(each -> each.length < 2000).forEach(each -> each[500] ^= 1);
        sweep(memory, ids);
        assertThat(memory.list("index")).hasSize(1);
        assertThat(check(memory).findings()).isEmpty();
        assertReadable(memory, ids, List.of());
    }

    @Test
    void missing_chunks_are_counted_and_packs_that_tell_nothing_are_kept_then() {
        var ids = put(0, 20);
        String pack = PackFormat.path(pack(ids));
        memory.list("index").forEach(file -> memory.delete(file.path()));
        byte[] bytes = memory.bytes(pack);
        bytes[bytes.length - 1] ^= 1;
        var plan = plan(ids);
        assertThat(plan.missing()).isEqualTo(20);
        assertThat(plan.missingSample()).hasSize(20);
        assertThat(plan.suspect()).hasSize(1);
        sweep(memory, ids);
        assertThat(memory.objects).containsKey(pack);
        RepairIndex.run(memory, RepairIndex.Depth.TRAILERS, new Cancellation());
        assertReadable(memory, ids, List.of());
    }

    @Test
    void on_a_full_disk_it_deletes_what_it_can_without_writing_packs() {
        put(0, 20);
        var half = put(100, 20);
        var live = half.subList(0, 5);
        var faulty = new FaultyStorage(memory, new Random(1)).lie(Lie.DISK_FULL, path -> path.endsWith(".pack"));
        var outcome = sweep(faulty, live);
        assertThat(outcome.packsRemoved()).isEqualTo(1);
        assertThat(outcome.packsWritten()).isZero();
        assertReadable(memory, live, List.of());
        assertThat(check(memory).findings()).isEmpty();
    }

    @Test
    void a_storage_that_only_says_it_stored_something_costs_nothing_old() {
        for (var lie : List.of(Lie.WRITE_NOTHING, Lie.WRITE_LESS, Lie.WRITE_FLIPPED)) {
            for (String what : List.of(".pack", ".idx")) {
                memory.objects.clear();
                var live = put(0, 20).subList(0, 5);
                var faulty = new FaultyStorage(memory, new Random(1)).lie(lie, path -> path.endsWith(what));
                assertThat(Crashes.failure(() -> sweep(faulty, live)))
                        .isIn(ErrorCode.CHUNK_DAMAGED, ErrorCode.REPOSITORY_INVALID);
                assertReadable(memory, live, List.of());
            }
        }
    }

    @Test
    void half_written_files_are_removed(@TempDir Path folder) throws Exception {
        var storage = new LocalStorage(folder);
        var ids = Chunks.put(new ChunkStore(storage), List.of(chunk(1)));
        Path pack = folder.resolve(PackFormat.path(Chunks.packs(storage).getFirst()));
        Files.write(pack.resolveSibling("x.pack.123.tmp"), new byte[100]);
        var outcome = sweep(storage, ids);
        assertThat(outcome.bytesFreed()).isEqualTo(100);
        assertThat(pack).exists();
        assertThat(pack.resolveSibling("x.pack.123.tmp")).doesNotExist();
    }

    private List<ChunkId> put(int seed, int count) {
        return Chunks.put(
                new ChunkStore(memory),
                IntStream.range(0, count).mapToObj(i -> chunk(seed + i)).toList());
    }

    private static byte[] chunk(int seed) {
        return Chunks.text(seed, 9_000);
    }

    private String pack(List<ChunkId> ids) {
        return new ChunkStore(memory)
                .find(ids.getFirst())
                .map(ChunkStore.Place::pack)
                .orElseGet(() -> Chunks.packs(memory).stream()
                        .filter(name -> PackReader.trailer(memory.bytes(PackFormat.path(name))).stream()
                                .flatMap(List::stream)
                                .anyMatch(e -> e.id().equals(ids.getFirst())))
                        .findFirst()
                        .orElseThrow());
    }

    private long bytes() {
        return memory.list("packs").stream().mapToLong(Stored::bytes).sum();
    }

    private SweepPlan plan(Collection<ChunkId> live) {
        return Sweep.prepare(memory).plan(Crashes.set(live));
    }

    private static Sweep.Outcome sweep(Storage storage, Collection<ChunkId> live) {
        return Crashes.sweep(storage, live);
    }

    private static void assertReadable(Storage storage, Collection<ChunkId> ids, Collection<ChunkId> lost) {
        var store = new ChunkStore(storage);
        ids.forEach(id -> {
            byte[] chunk = store.read(id);
            assertThat(ChunkId.hash(chunk, 0, chunk.length)).isEqualTo(id);
        });
        lost.forEach(id -> assertThat(Crashes.failure(() -> store.read(id))).isEqualTo(ErrorCode.CHUNK_DAMAGED));
    }

    private static CheckReport check(Storage storage) {
        return StoreCheck.run(storage, StoreCheck.Depth.FULL, 1, Progress.SILENT, new Cancellation());
    }
}
