package dev.pgkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.Sha256;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.pack.CheckReport.Kind;
import dev.pgkeep.repository.storage.FaultyStorage;
import dev.pgkeep.repository.storage.FaultyStorage.Lie;
import dev.pgkeep.repository.storage.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DamageTest {
    private final MemoryStorage memory = new MemoryStorage();
    private final Map<ChunkId, byte[]> chunks = new HashMap<>();

    /** Three packs with ten chunks each, and three index files. */
    @BeforeEach
    void fill() {
        for (int pack = 0; pack < 3; pack++) {
            var some = new ArrayList<byte[]>();
            for (int i = 0; i < 10; i++) {
                some.add(i % 3 == 0 ? Chunks.noise(10 * pack + i, 3_000) : Chunks.text(10 * pack + i, 9_000));
            }
            var ids = Chunks.put(new ChunkStore(memory), some);
            for (int i = 0; i < 10; i++) {
                chunks.put(ids.get(i), some.get(i));
            }
        }
    }

    @Test
    void a_sound_store_is_found_sound() {
        for (var depth : StoreCheck.Depth.values()) {
            assertThat(check(memory, depth).findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            names = {"FLIP", "CUT", "LOSE", "SWAP", "IO_ERROR"})
    void a_storage_that_lies_about_packs_never_makes_a_read_return_other_bytes(Lie lie) {
        for (int seed = 0; seed < 20; seed++) {
            var faulty = new FaultyStorage(memory, new Random(seed)).lie(lie, path -> path.endsWith(".pack"));
            var store = new ChunkStore(faulty);
            chunks.forEach((id, chunk) -> assertThatThrownBy(() -> store.read(id))
                    .isInstanceOfSatisfying(PgkeepException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_DAMAGED);
                        assertThat(e.getMessage()).contains(id.hex()).contains("pack");
                        assertThat(e.hint()).isNotBlank();
                    }));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            names = {"FLIP", "CUT", "LOSE", "SWAP", "IO_ERROR"})
    void a_storage_that_lies_about_one_pack_is_found_out(Lie lie) {
        String victim = PackFormat.path(Chunks.packs(memory).get(1));
        var truth = new ChunkStore(memory);
        for (int seed = 0; seed < 20; seed++) {
            var faulty = new FaultyStorage(memory, new Random(seed)).lie(lie, victim::equals);
            var report = check(faulty, StoreCheck.Depth.FULL);
            assertThat(report.isSound()).isFalse();
            assertThat(report.findings())
                    .hasSize(1)
                    .allMatch(each -> each.path().equals(victim));
            assertThat(report.findings().getFirst().text()).contains(victim);
            chunks.keySet().stream()
                    .filter(id -> !PackFormat.path(truth.find(id).orElseThrow().pack())
                            .equals(victim))
                    .forEach(id -> assertThat(report.isLost(id)).isFalse());
            if (lie == Lie.LOSE || lie == Lie.IO_ERROR || lie == Lie.SWAP) {
                assertThat(chunks.keySet().stream().filter(report::isLost)).hasSize(10);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            names = {"FLIP", "CUT", "LOSE", "SWAP", "IO_ERROR", "DELAY"})
    void lies_about_index_files_cost_nothing_since_packs_tell_the_same(Lie lie) {
        for (int seed = 0; seed < 10; seed++) {
            var faulty = new FaultyStorage(memory, new Random(seed)).lie(lie, path -> path.endsWith(".idx"));
            var store = new ChunkStore(faulty);
            chunks.forEach((id, chunk) -> assertThat(store.read(id)).isEqualTo(chunk));
            if (lie != Lie.DELAY) {
                var report = check(faulty, StoreCheck.Depth.QUICK);
                assertThat(chunks.keySet()).noneMatch(report::isLost);
                var findings = report.findings();
                assertThat(findings)
                        .hasSize(3)
                        .extracting(CheckReport.Finding::kind)
                        .containsOnly(lie == Lie.LOSE ? Kind.PACK_UNLISTED : Kind.INDEX_DAMAGED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            names = {"WRITE_NOTHING", "WRITE_LESS", "WRITE_FLIPPED"})
    void a_storage_that_only_says_it_stored_a_pack_is_found_out_before_anybody_relies_on_it(Lie lie) {
        var faulty = new FaultyStorage(memory, new Random(5)).lie(lie, path -> path.endsWith(".pack"));
        int before = memory.list("index").size();
        try (var writer = new ChunkStore(faulty).writer(1)) {
            writer.put(Chunks.text(777, 50_000), 0, 50_000);
            assertThatThrownBy(() -> writer.finish(true))
                    .isInstanceOfSatisfying(
                            PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_DAMAGED));
        }
        assertThat(memory.list("index")).hasSize(before);
        faulty.behave();
        var id = Chunks.put(new ChunkStore(faulty), List.of(Chunks.text(777, 50_000)))
                .getFirst();
        assertThat(new ChunkStore(memory).read(id)).isEqualTo(Chunks.text(777, 50_000));
    }

    @Test
    void a_full_disk_ends_every_thread_that_writes() {
        var faulty = new FaultyStorage(memory, new Random(5)).lie(Lie.DISK_FULL, path -> path.endsWith(".pack"));
        try (var writer = new ChunkStore(faulty).writer(1)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            writer.put(Chunks.noise(1000 + i, 2 << 20), 0, 2 << 20);
                        }
                        writer.finish(true);
                    })
                    .isInstanceOfSatisfying(
                            PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 11, 12, 40, 51, 52, 60, 3_000, 20_000})
    void wherever_a_byte_of_a_pack_changes_a_check_finds_it_and_a_rebuild_keeps_the_rest(int at) {
        String path = PackFormat.path(Chunks.packs(memory).getFirst());
        byte[] damaged = memory.bytes(path).clone();
        int place = at < 10_000 ? at : damaged.length - 100;
        damaged[place] ^= 0x10;
        memory.objects.put(path, damaged);

        var report = check(memory, StoreCheck.Depth.FULL);
        assertThat(report.findings()).hasSize(1).allMatch(each -> each.kind() == Kind.PACK_DAMAGED);
        long lost = chunks.keySet().stream().filter(report::isLost).count();
        assertThat(lost).isLessThanOrEqualTo(1);

        var rebuilt = RepairIndex.run(memory, RepairIndex.Depth.CHUNKS, new Cancellation());
        assertThat(rebuilt.damaged()).containsExactly(Chunks.packs(memory).getFirst());
        assertThat(rebuilt.chunks()).isGreaterThanOrEqualTo(20);
        readableOrMissing(rebuilt.chunks());
        healByTheNextBackup();
    }

    @Test
    void a_cut_pack_gives_back_what_is_left_of_it() {
        String path = PackFormat.path(Chunks.packs(memory).getFirst());
        byte[] bytes = memory.bytes(path);
        memory.objects.put(path, Arrays.copyOf(bytes, bytes.length / 2));

        for (var depth : StoreCheck.Depth.values()) {
            var report = check(memory, depth);
            assertThat(report.findings()).hasSize(1).allMatch(each -> each.kind() == Kind.PACK_CUT);
            assertThat(chunks.keySet().stream().filter(report::isLost).count())
                    .isBetween(3L, 7L)
                    .isEqualTo(report.findings().getFirst().chunks());
        }
        var rebuilt = RepairIndex.run(memory, RepairIndex.Depth.TRAILERS, new Cancellation());
        assertThat(rebuilt.chunks()).isBetween(23, 27);
        readableOrMissing(rebuilt.chunks());
        healByTheNextBackup();
    }

    @Test
    void an_index_is_made_again_from_packs_alone() {
        memory.list("index").forEach(file -> memory.delete(file.path()));
        var rebuilt = RepairIndex.run(memory, RepairIndex.Depth.TRAILERS, new Cancellation());
        assertThat(rebuilt).isEqualTo(new RepairIndex.Outcome(30, 3, List.of()));
        assertThat(check(memory, StoreCheck.Depth.FULL).findings()).isEmpty();
        readableOrMissing(30);
    }

    @ParameterizedTest
    @EnumSource
    void what_a_newer_pgkeep_wrote_is_not_rebuilt_away(RepairIndex.Depth depth) {
        byte[] index = "pgkindx\u0002and something new".getBytes(StandardCharsets.US_ASCII);
        String name = Sha256.hex(index);
        memory.create(IndexFiles.path(name), index, 0, index.length);
        assertThatThrownBy(() -> RepairIndex.run(memory, depth, new Cancellation()))
                .hasMessageContaining("a newer pgkeep wrote the index");
        memory.delete(IndexFiles.path(name));

        byte[] pack = "pgkpack\u0002and something new, pgkpack\u0002".getBytes(StandardCharsets.US_ASCII);
        name = Sha256.hex(pack);
        memory.create(PackFormat.path(name), pack, 0, pack.length);
        var before = memory.list("index");
        assertThatThrownBy(() -> RepairIndex.run(memory, depth, new Cancellation()))
                .hasMessageContaining("a newer pgkeep wrote the pack");
        assertThat(memory.list("index")).isEqualTo(before);
    }

    @Test
    void chunks_of_a_lost_pack_are_stored_again_by_the_next_backup_without_any_repair() {
        memory.delete(PackFormat.path(Chunks.packs(memory).get(1)));
        healByTheNextBackup();
    }

    @Test
    void a_chunk_in_two_packs_is_read_from_the_one_that_is_intact() {
        var first = Chunks.packs(memory).getFirst();
        byte[] bytes = memory.bytes(PackFormat.path(first));
        memory.delete(PackFormat.path(first));
        var copies = new ArrayList<>(chunks.values());
        copies.add(new byte[5]);
        Chunks.put(new ChunkStore(memory), copies);
        bytes[bytes.length / 3] ^= 1;
        memory.objects.put(PackFormat.path(first), bytes);
        readableOrMissing(30);
        assertThat(chunks.keySet()).noneMatch(check(memory, StoreCheck.Depth.FULL)::isLost);
    }

    @Test
    void a_name_that_damaged_bytes_hold_does_not_keep_a_pack_from_being_stored() {
        var other = new MemoryStorage();
        var chunk = Chunks.text(4711, 10_000);
        Chunks.put(new ChunkStore(other), List.of(chunk));
        String path = other.list("packs").getFirst().path();
        memory.objects.put(path, new byte[100]);
        var id = Chunks.put(new ChunkStore(memory), List.of(chunk)).getFirst();
        assertThat(new ChunkStore(memory).read(id)).isEqualTo(chunk);
    }

    private void readableOrMissing(int readable) {
        var store = new ChunkStore(memory);
        int found = 0;
        for (var each : chunks.entrySet()) {
            try {
                assertThat(store.read(each.getKey())).isEqualTo(each.getValue());
                found++;
            } catch (PgkeepException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_DAMAGED);
            }
        }
        assertThat(found).isEqualTo(readable);
    }

    private void healByTheNextBackup() {
        Chunks.put(new ChunkStore(memory), List.copyOf(chunks.values()));
        readableOrMissing(chunks.size());
    }

    private static CheckReport check(dev.pgkeep.repository.storage.Storage storage, StoreCheck.Depth depth) {
        return StoreCheck.run(storage, depth, 2, Progress.SILENT, new Cancellation());
    }
}
