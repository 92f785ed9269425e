package dev.pgkeep.operation.backup.chunked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.source.MissingRows;
import dev.pgkeep.operation.retention.DeletePlan;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups after the first: of runs of blocks in which some rows changed only the changes are stored. */
final class ChangedRowsIT {
    @TempDir
    private Path folder;

    @Test
    void rows_changed_all_over_a_table_cost_a_fraction_and_come_back() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest first = backup(bench);
            change(shop, 100);
            Manifest second = backup(bench);
            var changed = State.of(shop);

            assertThat(changes(bench, second)).isNotEmpty();
            assertThat(chunks(second).newBytes()).isLessThan(chunks(first).bytes() * 3 / 10);
            assertThat(bench.check(second).state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(bench.prove(second).state()).isEqualTo(VerifyResult.State.PROVEN);
            shop.execute("DELETE FROM orders");
            bench.restore(second);
            State.of(shop).assertSameAs(changed);
        }
    }

    @Test
    void when_nothing_changed_since_nothing_new_is_stored() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest first = backup(bench);
            change(shop, 100);
            Manifest second = backup(bench);
            Manifest third = backup(bench);

            assertThat(changes(bench, third)).isEqualTo(changes(bench, second));
            assertThat(chunks(third).newBytes()).isLessThan(chunks(first).bytes() / 100);
        }
    }

    @LongForm
    @Test
    void the_same_rows_in_another_order_are_the_same_rows() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest first = backup(bench);
            // Every row is written again, and VACUUM has others take the places of old ones.
            for (int round = 0; round < 2; round++) {
                shop.execute("UPDATE customers SET name = name");
                shop.execute("VACUUM customers");
            }
            Manifest second = backup(bench);
            assertThat(bench.prove(second).state()).isEqualTo(VerifyResult.State.PROVEN);
            assertThat(chunks(second).newBytes()).isLessThan(chunks(first).bytes() / 100);
        }
    }

    @Test
    void what_is_kept_of_the_backup_before_is_stored_again_when_it_was_found_damaged() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest first = backup(bench);
            Manifest second = backup(bench);
            flip(bench, wholes(bench, first).get(3));
            assertThat(bench.check(second).state()).isEqualTo(VerifyResult.State.DAMAGED);

            Manifest third = backup(bench);
            assertThat(bench.prove(third).state()).isEqualTo(VerifyResult.State.PROVEN);
            assertThat(bench.check(first).state()).isEqualTo(VerifyResult.State.CHECKED);
        }
    }

    @Test
    void the_base_of_a_change_stays_when_the_backup_it_came_from_is_removed() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest first = backup(bench);
            change(shop, 100);
            Manifest second = backup(bench);

            var outcome = bench.pgkeep().delete().run(new DeletePlan(List.of(bench.stored(first.name()))));

            assertThat(outcome.freedBytes()).isPositive();
            assertThat(bench.check(second).state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(bench.prove(second).state()).isEqualTo(VerifyResult.State.PROVEN);
        }
    }

    @LongForm
    @Test
    void changes_are_made_to_what_is_stored_whole_and_when_they_grow_it_is_stored_whole_again() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Set<ChunkId> whole = new HashSet<>(wholes(bench, backup(bench)));
            boolean renewed = false;
            for (int round = 1; round <= 6; round++) {
                shop.execute("UPDATE orders SET note = md5(random()::text || note) WHERE id % 30 = " + round);
                Manifest made = backup(bench);
                assertThat(changes(bench, made)).allMatch(change -> whole.contains(change.base()));
                renewed |= !whole.containsAll(wholes(bench, made));
                whole.addAll(wholes(bench, made));
                assertThat(bench.check(made).state()).isEqualTo(VerifyResult.State.CHECKED);
            }
            assertThat(renewed).isTrue();
            var repository = bench.pgkeep().repository();
            assertThat(repository.list().subList(0, 2))
                    .allSatisfy(backup -> assertThat(
                                    bench.prove(repository.manifest(backup)).state())
                            .isEqualTo(VerifyResult.State.PROVEN));
        }
    }

    @Test
    void a_damaged_base_costs_every_backup_that_needs_it_only_those_rows() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            backup(bench);
            change(shop, 100);
            Manifest second = backup(bench);
            RowChunk.Change hit = changes(bench, second).get(1);
            flip(bench, hit.base());

            assertThat(bench.check(second).state()).isEqualTo(VerifyResult.State.DAMAGED);
            assertThat(bench.check(second).problem()).contains("public.orders").contains("pack ");
            assertThatThrownBy(() -> bench.restore(second))
                    .isInstanceOfSatisfying(
                            PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED));
            long all = shop.count("orders");
            var outcome = bench.restore(second, Wish.of(bench.target()).skipDamaged());
            assertThat(shop.count("orders"))
                    .isEqualTo(all
                            - outcome.missing().stream()
                                    .mapToLong(MissingRows::rows)
                                    .sum())
                    .isPositive();
        }
    }

    @Test
    void a_damaged_delta_is_found_and_the_next_backup_does_not_rely_on_a_damaged_base() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest first = backup(bench);
            change(shop, 100);
            Manifest second = backup(bench);
            flip(bench, changes(bench, second).getFirst().delta());
            assertThat(bench.check(second).problem()).contains("public.orders");
            assertThat(bench.check(first).state()).isEqualTo(VerifyResult.State.CHECKED);
            flip(bench, wholes(bench, first).getFirst());
            assertThat(bench.check(first).state()).isEqualTo(VerifyResult.State.DAMAGED);

            Manifest third = backup(bench);
            assertThat(bench.check(third).state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(bench.prove(third).state()).isEqualTo(VerifyResult.State.PROVEN);
        }
    }

    @Test
    void a_table_that_was_rewritten_is_stored_whole() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            backup(bench);
            change(shop, 100);
            shop.execute("VACUUM FULL orders");
            Manifest second = backup(bench);
            assertThat(changes(bench, second)).isEmpty();
            assertThat(bench.prove(second).state()).isEqualTo(VerifyResult.State.PROVEN);
        }
    }

    private static TestDatabase shop() {
        TestDatabase database = PostgresServers.any().database();
        database.execute("""
                CREATE TABLE customers (id int PRIMARY KEY, name text);
                INSERT INTO customers SELECT n, md5(n::text) FROM generate_series(1, 1000) n;
                CREATE TABLE orders (id int PRIMARY KEY, customer int, note text);
                INSERT INTO orders SELECT n, n % 1000, repeat(md5(n::text), 4) FROM generate_series(1, 60000) n""");
        return database;
    }

    private static void change(TestDatabase shop, int oneIn) {
        shop.execute("UPDATE orders SET customer = customer + 1 WHERE id % " + oneIn + " = 7");
    }

    /** Where only what changed is read, there are patches instead. */
    private static Manifest backup(Workbench bench) {
        return bench.backup(Workbench.of(Format.CHUNKED, "none").readingEverything());
    }

    private static Manifest.Chunks chunks(Manifest made) {
        return Objects.requireNonNull(made.copies().getFirst().chunks());
    }

    private static List<RowChunk> rows(Workbench bench, Manifest made) {
        BackupContents contents =
                BackupContents.read(bench.pgkeep().repository().chunks().store(), chunks(made));
        return contents.tables().stream()
                .map(TableContents::extents)
                .flatMap(List::stream)
                .flatMap(extent -> extent.chunks().stream())
                .toList();
    }

    private static List<RowChunk.Change> changes(Workbench bench, Manifest made) {
        return rows(bench, made).stream()
                .flatMap(chunk -> chunk.change().stream())
                .toList();
    }

    /** Chunks that are stored as they are. */
    private static List<ChunkId> wholes(Workbench bench, Manifest made) {
        return rows(bench, made).stream()
                .filter(chunk -> chunk.change().isEmpty())
                .map(RowChunk::id)
                .toList();
    }

    private static void flip(Workbench bench, ChunkId id) throws IOException {
        var repository = bench.pgkeep().repository();
        ChunkStore.Place place = repository.chunks().store().find(id).orElseThrow();
        Path pack = repository
                .root()
                .resolve("packs")
                .resolve(place.pack().substring(0, 2))
                .resolve(place.pack() + ".pack");
        byte[] bytes = Files.readAllBytes(pack);
        bytes[(int) place.offset() + place.stored() / 2] ^= 4;
        Files.write(pack, bytes);
    }
}
