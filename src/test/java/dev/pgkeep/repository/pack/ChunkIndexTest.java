package dev.pgkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.Sha256;
import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import dev.pgkeep.repository.storage.LocalStorage;
import dev.pgkeep.repository.storage.MemoryStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkIndexTest {
    private static final int MILLION = 1_000_000;

    @Test
    void a_million_chunks_are_loaded_within_a_second_and_take_at_most_52_bytes_each(@TempDir Path folder) {
        var storage = new LocalStorage(folder);
        IndexFiles.write(storage, random(MILLION, 4_000, 1));

        long before = System.nanoTime();
        var loaded = LoadedIndex.read(storage).index();
        long millis = (System.nanoTime() - before) / 1_000_000;
        System.out.printf(
                "index of %,d chunks: loaded in %d ms, %,d bytes (%.1f each)%n",
                loaded.size(), millis, loaded.footprint(), 1.0 * loaded.footprint() / loaded.size());

        assertThat(loaded.size()).isEqualTo(MILLION);
        assertThat(loaded.footprint()).isLessThanOrEqualTo(52L * MILLION);
        // Ten times the bar: the machine may be busy with other things.
        assertThat(millis).isLessThan(10_000);
        assertThat(storage.list("index")).hasSize(4).allMatch(file -> file.bytes() < 13 << 20);
    }

    @Test
    void every_chunk_is_found_in_its_place_and_no_other_is() {
        for (int size : new int[] {0, 1, 2, 7, 100, 5_000}) {
            var index = random(size, 10, size);
            var storage = new MemoryStorage();
            IndexFiles.write(storage, index);
            var loaded = LoadedIndex.read(storage).index();
            assertThat(loaded.size()).isEqualTo(size);
            for (int entry = 0; entry < size; entry++) {
                var id = index.entries().id(entry);
                assertThat(loaded.place(loaded.find(id))).isEqualTo(index.place(entry));
                var other = new ChunkId(id.a(), id.b(), id.c(), ~id.d());
                assertThat(loaded.find(other)).isEqualTo(-1);
            }
        }
    }

    @Test
    void ids_that_are_not_spread_evenly_are_found_too() {
        var entries = new EntryTable(0);
        for (int i = 999; i >= 0; i--) {
            entries.add(new ChunkId(i % 2 == 0 ? 0 : -1, 0, 0, i), 0, 12 + i, 1, 1);
        }
        var index = new ChunkIndex(entries, List.of(new PackName("00".repeat(32), 5000)));
        for (int i = 0; i < 1000; i++) {
            assertThat(index.place(index.find(new ChunkId(i % 2 == 0 ? 0 : -1, 0, 0, i)))
                            .offset())
                    .isEqualTo(12 + i);
        }
    }

    @Test
    void index_files_are_merged_and_what_two_of_them_say_counts_once() {
        var storage = new MemoryStorage();
        IndexFiles.write(storage, random(3_000, 5, 1));
        IndexFiles.write(storage, random(2_000, 5, 1));
        IndexFiles.write(storage, random(1_000, 5, 2));
        assertThat(LoadedIndex.read(storage).index().size()).isEqualTo(4_000);
    }

    @Test
    void places_of_one_chunk_in_several_packs_stand_side_by_side() {
        var entries = new EntryTable(0);
        var packs = new ArrayList<PackName>();
        for (int pack = 0; pack < 3; pack++) {
            packs.add(new PackName(("0" + pack).repeat(32), 1000));
            entries.add(new ChunkId(5, 6, 7, 8), pack, 52, 10, 10);
            entries.add(new ChunkId(pack, 6, 7, 8), pack, 100, 10, 10);
        }
        var index = new ChunkIndex(entries, packs);
        int first = index.find(new ChunkId(5, 6, 7, 8));
        assertThat(index.pack(first)).isEqualTo(packs.get(0));
        assertThat(index.pack(index.next(first))).isEqualTo(packs.get(1));
        assertThat(index.next(index.next(index.next(first)))).isEqualTo(-1);
    }

    @Test
    void an_index_of_a_newer_version_is_refused_and_named() {
        var storage = new MemoryStorage();
        byte[] newer = "pgkindx\u0002and something new".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        String name = Sha256.hex(newer);
        storage.create(IndexFiles.path(name), newer, 0, newer.length);
        assertThatThrownBy(() -> new ChunkStore(storage).find(new ChunkId(1, 2, 3, 4)))
                .hasMessageContaining("newer pgkeep")
                .hasMessageContaining(name)
                .isInstanceOfSatisfying(PgkeepException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_INVALID);
                    assertThat(e.hint()).contains("update");
                });
    }

    @Test
    void a_set_of_ids_knows_what_was_added() {
        var set = new ChunkIdSet();
        var index = random(50_000, 1, 3);
        for (int entry = 0; entry < index.size(); entry++) {
            assertThat(set.add(index.entries().id(entry))).isTrue();
            assertThat(set.add(index.entries().id(entry / 2))).isFalse();
        }
        assertThat(set.size()).isEqualTo(50_000);
        assertThat(set.contains(index.entries(), 77)).isTrue();
        assertThat(set.contains(new ChunkId(1, 2, 3, 4))).isFalse();
        var seen = new ChunkIdSet();
        set.forEach(seen::add);
        assertThat(seen.size()).isEqualTo(50_000);
    }

    private static ChunkIndex random(int size, int packs, long seed) {
        var random = new Random(seed);
        var entries = new EntryTable(size);
        var names = new ArrayList<PackName>();
        for (int pack = 0; pack < packs; pack++) {
            names.add(new PackName(String.format("%064x", pack + 1000 * seed), 16 << 20));
        }
        for (int i = 0; i < size; i++) {
            var id = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            entries.add(id, random.nextInt(packs), random.nextInt(1 << 24), random.nextInt(1000), 1000);
        }
        return new ChunkIndex(entries, names);
    }
}
