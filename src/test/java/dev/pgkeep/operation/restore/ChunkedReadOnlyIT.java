package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.ReadOnlyView;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores from repositories in which nothing may be written, and what may happen to them meanwhile. */
final class ChunkedReadOnlyIT {
    @TempDir
    private Path folder;

    @Test
    void the_lock_that_is_there_is_shared_where_nothing_may_be_written() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            try (var view = ReadOnlyView.of(root(bench))) {
                var frozen = bench.withRepository(view.folder());
                shop.execute("DELETE FROM orders");

                frozen.restore(made, Wish.of(frozen.target()).noSafetyBackup());

                assertThat(shop.count("orders")).isEqualTo(20_000);
                assertThat(frozen.said()).noneMatch(line -> line.contains("may only be read"));
            }
        }
    }

    @Test
    void without_any_lock_a_restore_goes_on_and_says_that_nothing_protects_the_backup() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            remove(root(bench).resolve("locks"));
            try (var view = ReadOnlyView.of(root(bench))) {
                var frozen = bench.withRepository(view.folder());
                shop.execute("DELETE FROM orders");

                var outcome = frozen.restore(made, Wish.of(frozen.target()).noSafetyBackup());

                assertThat(outcome.comparison().content()).isTrue();
                assertThat(frozen.said()).anyMatch(line -> line.contains("may only be read"));
            }
        }
    }

    @Test
    void what_vanishes_after_the_check_is_named() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            var restore = bench.pgkeep().restore();
            var plan = restore.plan(
                    bench.source(made), Wish.of(bench.target()).noSafetyBackup().request());
            remove(root(bench).resolve("packs"));

            assertThatThrownBy(() -> restore.run(plan, "restore", PostLoadHook.NOTHING))
                    .isInstanceOfSatisfying(
                            PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED))
                    .hasMessageContaining("its schema cannot be read (")
                    .hasMessageContaining("is missing");
        }
    }

    private static TestDatabase shop() {
        TestDatabase database = PostgresServers.any().database();
        database.execute("""
                CREATE TABLE orders (id int PRIMARY KEY, customer int, note text);
                INSERT INTO orders SELECT n, n % 1000, md5(n::text) FROM generate_series(1, 20000) n;
                CREATE INDEX ON orders (customer)""");
        return database;
    }

    private static Path root(Workbench bench) {
        return bench.pgkeep().repository().root();
    }

    private static void remove(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
