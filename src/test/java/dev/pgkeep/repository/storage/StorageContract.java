package dev.pgkeep.repository.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.repository.storage.Storage.Stored;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every storage must do. */
interface StorageContract {
    Storage storage();

    @Test
    default void an_object_comes_back_whole_and_in_ranges() {
        var storage = storage();
        byte[] bytes = {9, 1, 2, 3, 4, 5, 9};
        assertThat(storage.create("packs/ab/one.pack", bytes, 1, 5)).isTrue();
        assertThat(storage.read("packs/ab/one.pack", 0, 5)).containsExactly(1, 2, 3, 4, 5);
        assertThat(storage.read("packs/ab/one.pack", 1, 3)).containsExactly(2, 3, 4);
        assertThat(storage.read("packs/ab/one.pack", 3, 100)).containsExactly(4, 5);
        assertThat(storage.read("packs/ab/one.pack", 5, 1)).isEmpty();
        assertThat(storage.read("packs/ab/one.pack", 1L << 40, 10)).isEmpty();
    }

    @Test
    default void an_object_is_never_replaced() {
        var storage = storage();
        assertThat(storage.create("index/a", new byte[] {1}, 0, 1)).isTrue();
        assertThat(storage.create("index/a", new byte[] {2}, 0, 1)).isFalse();
        assertThat(storage.read("index/a", 0, 9)).containsExactly(1);
    }

    @Test
    default void an_empty_object_is_an_object() {
        var storage = storage();
        assertThat(storage.create("index/empty", new byte[0], 0, 0)).isTrue();
        assertThat(storage.read("index/empty", 0, 9)).isEmpty();
        assertThat(storage.list("index")).containsExactly(new Stored("index/empty", 0));
    }

    @Test
    default void objects_of_a_folder_are_listed_in_order_of_their_paths() {
        var storage = storage();
        for (String path : new String[] {"packs/b/2", "packs/a/9", "packs/b/1", "packsother/1", "index/x", "top"}) {
            storage.create(path, new byte[3], 0, 3);
        }
        assertThat(storage.list("packs"))
                .containsExactly(new Stored("packs/a/9", 3), new Stored("packs/b/1", 3), new Stored("packs/b/2", 3));
        assertThat(storage.list("nothing")).isEmpty();
    }

    @Test
    default void a_removed_object_is_gone_and_removing_again_is_no_error() {
        var storage = storage();
        storage.create("packs/x", new byte[3], 0, 3);
        storage.delete("packs/x");
        storage.delete("packs/x");
        storage.delete("nowhere/x");
        assertThat(storage.list("packs")).isEmpty();
        assertThatThrownBy(() -> storage.read("packs/x", 0, 1))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_MISSING));
        assertThat(storage.create("packs/x", new byte[2], 0, 2)).isTrue();
    }

    @Test
    default void of_many_threads_that_create_one_object_exactly_one_does() throws Exception {
        var storage = storage();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 10; round++) {
                String path = "index/round" + round;
                var tasks = new ArrayList<Future<Boolean>>();
                for (byte thread = 0; thread < 8; thread++) {
                    byte[] bytes = {thread, thread};
                    tasks.add(threads.submit(() -> storage.create(path, bytes, 0, 2)));
                }
                int winner = -1;
                for (int thread = 0; thread < 8; thread++) {
                    if (tasks.get(thread).get()) {
                        assertThat(winner).isEqualTo(-1);
                        winner = thread;
                    }
                }
                assertThat(storage.read(path, 0, 9)).containsExactly(winner, winner);
            }
        }
    }

    @Test
    default void there_is_nothing_unfinished_after_normal_work() {
        var storage = storage();
        assertThat(storage.removeUnfinished("packs")).isZero();
        storage.create("packs/x", new byte[3], 0, 3);
        assertThat(storage.removeUnfinished("packs")).isZero();
        assertThat(storage.list("packs")).hasSize(1);
    }
}
