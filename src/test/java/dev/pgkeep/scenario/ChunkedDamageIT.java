package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.source.MissingRows;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks that are damaged or lost: found, named down to tables and rows, and never restored silently. */
final class ChunkedDamageIT {
    private static final TableName ORDERS = new TableName("public", "orders");

    @TempDir
    private Path folder;

    @Test
    void a_flipped_bit_costs_only_the_rows_of_its_chunk() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            List<Extent> extents = table(bench, made, ORDERS).extents();
            assertThat(extents).hasSizeGreaterThan(2);
            Extent hit = extents.get(1);
            flip(bench, hit.chunks().getFirst().id());
            var before = State.of(shop);

            assertThat(bench.check(made).state()).isEqualTo(VerifyResult.State.DAMAGED);
            assertThat(bench.check(made).problem())
                    .contains("public.orders")
                    .contains("in blocks " + hit.firstBlock() + " to ")
                    .contains("pack ");
            assertThatThrownBy(() -> bench.restore(made))
                    .isInstanceOfSatisfying(
                            PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED))
                    .hasMessageContaining("public.orders");
            State.of(shop).assertSameAs(before);

            long all = shop.count("orders");
            var wish = Wish.of(bench.target()).skipDamaged();
            var outcome = bench.restore(made, wish);

            assertThat(outcome.missing())
                    .singleElement()
                    .extracting(MissingRows::table, MissingRows::firstBlock, MissingRows::rows)
                    .containsExactly(ORDERS, hit.firstBlock(), hit.content().rows());
            assertThat(shop.count("orders")).isEqualTo(all - hit.content().rows());
            assertThat(shop.count("customers")).isEqualTo(1000);
        }
    }

    @Test
    void what_was_found_damaged_is_stored_again_by_the_next_backup_which_heals_both() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            flip(
                    bench,
                    table(bench, made, ORDERS)
                            .extents()
                            .get(1)
                            .chunks()
                            .getFirst()
                            .id());
            assertThat(bench.check(made).state()).isEqualTo(VerifyResult.State.DAMAGED);

            Manifest next = bench.backup(Workbench.of(Format.CHUNKED, "none"));

            assertThat(bench.check(next).state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(bench.check(made).state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(bench.prove(made).state()).isEqualTo(VerifyResult.State.PROVEN);
        }
    }

    @Test
    void a_part_that_is_not_damaged_comes_back_without_further_words() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            flip(
                    bench,
                    table(bench, made, ORDERS)
                            .extents()
                            .getFirst()
                            .chunks()
                            .getFirst()
                            .id());
            shop.execute("DELETE FROM customers");

            var outcome = bench.restore(made, Wish.of(bench.target()).dataOnly().tables("customers"));

            assertThat(outcome.missing()).isEmpty();
            assertThat(shop.count("customers")).isEqualTo(1000);
        }
    }

    @Test
    void without_its_skeleton_a_backup_is_refused_whatever_was_asked_for() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            flip(bench, contents(bench, made).skeleton().getFirst());
            var wish = Wish.of(bench.target()).skipDamaged();

            assertThat(bench.check(made).problem()).contains("schema cannot be read");
            assertThatThrownBy(() -> bench.restore(made, wish)).hasMessageContaining("schema cannot be read");
            assertThat(shop.count("customers")).isEqualTo(1000);
        }
    }

    @Test
    void a_quick_look_finds_packs_that_are_missing_or_cut() throws IOException {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            assertThat(quick(bench, made).state()).isEqualTo(VerifyResult.State.LOOKED_AT);
            Path pack = pack(
                    bench,
                    table(bench, made, ORDERS)
                            .extents()
                            .getLast()
                            .chunks()
                            .getLast()
                            .id());
            byte[] bytes = Files.readAllBytes(pack);

            Files.write(pack, java.util.Arrays.copyOf(bytes, 100));
            assertThat(quick(bench, made).problem()).contains("is cut");
            Files.delete(pack);
            assertThat(quick(bench, made).state()).isEqualTo(VerifyResult.State.DAMAGED);
            Files.write(pack, bytes);
            assertThat(bench.check(made).state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(bench.prove(made).state()).isEqualTo(VerifyResult.State.PROVEN);
        }
    }

    private static TestDatabase shop() {
        TestDatabase database = PostgresServers.any().database();
        database.execute("""
                CREATE TABLE customers (id int PRIMARY KEY, name text);
                INSERT INTO customers SELECT n, md5(n::text) FROM generate_series(1, 1000) n;
                CREATE TABLE orders (id int PRIMARY KEY, customer int, note text);
                INSERT INTO orders SELECT n, n % 1000, repeat(md5(n::text), 4) FROM generate_series(1, 80000) n;
                CREATE INDEX ON orders (customer)""");
        return database;
    }

    private static VerifyResult quick(Workbench bench, Manifest made) {
        return bench.pgkeep().verify().run(bench.stored(made.name()), Depth.QUICK, Optional.empty(), List.of());
    }

    private static BackupContents contents(Workbench bench, Manifest made) {
        return BackupContents.read(
                bench.pgkeep().repository().chunks().store(),
                java.util.Objects.requireNonNull(made.copies().getFirst().chunks()));
    }

    private static TableContents table(Workbench bench, Manifest made, TableName name) {
        return contents(bench, made).tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Path pack(Workbench bench, ChunkId id) {
        ChunkStore.Place place =
                bench.pgkeep().repository().chunks().store().find(id).orElseThrow();
        return bench.pgkeep()
                .repository()
                .root()
                .resolve("packs")
                .resolve(place.pack().substring(0, 2))
                .resolve(place.pack() + ".pack");
    }

    private static void flip(Workbench bench, ChunkId id) throws IOException {
        ChunkStore.Place place =
                bench.pgkeep().repository().chunks().store().find(id).orElseThrow();
        Path pack = pack(bench, id);
        byte[] bytes = Files.readAllBytes(pack);
        bytes[(int) place.offset() + place.stored() / 2] ^= 4;
        Files.write(pack, bytes);
    }
}
