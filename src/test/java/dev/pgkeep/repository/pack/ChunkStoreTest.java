package dev.pgkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.repository.storage.LocalStorage;
import dev.pgkeep.repository.storage.MemoryStorage;
import dev.pgkeep.repository.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkStoreTest {
    private final Storage memory = new MemoryStorage();

    @TempDir
    Path folder;

    @Test
    void chunks_come_back_as_they_were_put_and_are_known_to_the_next_writer() {
        var storage = new LocalStorage(folder);
        var chunks = List.of(Chunks.text(1, 300_000), Chunks.noise(2, 1_000_000), new byte[0], new byte[] {7});
        var ids = Chunks.put(new ChunkStore(storage), chunks);

        var again = new ChunkStore(storage);
        for (int i = 0; i < chunks.size(); i++) {
            assertThat(again.read(ids.get(i))).isEqualTo(chunks.get(i));
        }
        try (var writer = again.writer(3)) {
            for (var chunk : chunks) {
                assertThat(writer.put(chunk, 0, chunk.length).isNew()).isFalse();
            }
            assertThat(writer.finish(true)).isEqualTo(new ChunkWriter.Totals(0, 0, 0));
        }
        assertThat(storage.list("index")).hasSize(1);
    }

    @Test
    void what_zstd_does_not_make_smaller_is_stored_as_it_is() {
        var store = new ChunkStore(memory);
        var noise = Chunks.noise(1, 500_000);
        var text = Chunks.text(1, 500_000);
        var ids = Chunks.put(store, List.of(noise, text));
        assertThat(store.find(ids.get(0)).orElseThrow().stored()).isEqualTo(500_000);
        assertThat(store.find(ids.get(1)).orElseThrow().stored()).isLessThan(250_000);
        assertThat(store.find(ids.get(1)).orElseThrow().length()).isEqualTo(500_000);
    }

    @Test
    void packs_are_closed_at_sixteen_megabytes_and_larger_chunks_get_one_of_their_own() {
        var store = new ChunkStore(memory);
        var chunks = new ArrayList<byte[]>();
        for (int i = 0; i < 30; i++) {
            chunks.add(Chunks.noise(i, 1 << 20));
        }
        chunks.add(Chunks.noise(99, 20 << 20));
        var ids = Chunks.put(store, chunks);
        var packs = memory.list("packs");
        assertThat(packs).hasSize(3).filteredOn(each -> each.bytes() > 16 << 20).hasSize(1);
        for (int i = 0; i < chunks.size(); i++) {
            assertThat(store.read(ids.get(i))).isEqualTo(chunks.get(i));
        }
    }

    @Test
    void a_chunk_that_several_threads_bring_at_once_is_stored_once() throws Exception {
        var store = new ChunkStore(memory);
        var chunks = new ArrayList<byte[]>();
        for (int i = 0; i < 200; i++) {
            chunks.add(Chunks.text(i, 20_000));
        }
        try (var threads = Executors.newFixedThreadPool(4);
                var writer = store.writer(1)) {
            var tasks = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 4; thread++) {
                tasks.add(threads.submit(() -> chunks.forEach(each -> writer.put(each, 0, each.length))));
            }
            for (var task : tasks) {
                task.get();
            }
            assertThat(writer.finish(true).chunks()).isEqualTo(200);
        }
        assertThat(new PackReader(memory)
                        .trailer(
                                Chunks.packs(memory).getFirst(),
                                memory.list("packs").getFirst().bytes()))
                .hasValueSatisfying(entries -> assertThat(entries).hasSize(200));
        for (var chunk : chunks) {
            assertThat(store.read(ChunkId.hash(chunk, 0, chunk.length))).isEqualTo(chunk);
        }
    }

    @Test
    void without_an_index_several_threads_find_everything_in_the_packs_at_once() throws Exception {
        var chunks = new ArrayList<byte[]>();
        for (int i = 0; i < 64; i++) {
            chunks.add(Chunks.text(i, 2_000));
        }
        var ids = Chunks.put(new ChunkStore(memory), chunks);
        memory.list("index").forEach(file -> memory.delete(file.path()));
        for (int round = 0; round < 20; round++) {
            var store = new ChunkStore(memory);
            try (var threads = Executors.newFixedThreadPool(8)) {
                var tasks = new ArrayList<Future<byte[]>>();
                ids.forEach(id -> tasks.add(threads.submit(() -> store.read(id))));
                for (int i = 0; i < chunks.size(); i++) {
                    assertThat(tasks.get(i).get()).isEqualTo(chunks.get(i));
                }
            }
        }
    }

    @Test
    void a_writer_that_was_not_finished_leaves_nothing_that_anybody_sees() {
        var store = new ChunkStore(memory);
        var chunk = Chunks.noise(1, 17 << 20);
        try (var writer = store.writer(3)) {
            writer.put(chunk, 0, chunk.length);
            writer.put(chunk, 1, 1000);
        }
        assertThat(memory.list("index")).isEmpty();
        assertThat(store.find(ChunkId.hash(chunk, 0, chunk.length))).isEmpty();
    }
}
