package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Reading;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.SettableClock;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that a new one would build on, and that are damaged, filtered, old, or hold rows in another order. */
final class IncrementalBaseIT {
    @TempDir
    private Path folder;

    private TestDatabase shop;
    private Workbench bench;

    @BeforeEach
    void fill() {
        shop = PostgresServers.any().database();
        bench = Workbench.of(folder, shop);
        shop.execute("CREATE TABLE t (id int, v text) WITH (autovacuum_enabled = off);"
                + " INSERT INTO t SELECT i, md5(i::text) FROM generate_series(1, 4000) i;"
                + " CREATE TABLE other AS SELECT i, md5(i::text) FROM generate_series(1, 100) i");
    }

    @AfterEach
    void drop() {
        shop.close();
    }

    @Test
    void the_same_rows_in_another_order_are_not_taken_for_each_other_later() {
        bench.backup();
        shop.execute("WITH d AS (DELETE FROM other RETURNING *) INSERT INTO other SELECT * FROM d ORDER BY i DESC");
        assertRight(bench.backup());
        shop.execute("DELETE FROM other WHERE i = 5");
        assertRight(bench.backup());
        bench.backup(IncrementalIT.full());
        shop.execute("DELETE FROM other WHERE i = 50");
        assertRight(bench.backup());
    }

    @Test
    void without_the_places_of_its_rows_an_extent_is_read_whole() throws IOException {
        Manifest first = bench.backup();
        flip(table(first).trace().orElseThrow().places().getFirst());
        shop.execute("UPDATE t SET v = 'new' WHERE id = 7");
        Manifest second = bench.backup();
        assertRight(second);
        assertThat(patched(second)).isFalse();
        assertThat(bench.check(second).state()).isEqualTo(VerifyResult.State.CHECKED);

        shop.execute("UPDATE t SET v = 'new' WHERE id = 8");
        Manifest third = bench.backup();
        assertRight(third);
        assertThat(patched(third)).isTrue();
    }

    @Test
    void without_the_rows_of_before_an_extent_is_read_whole() throws IOException {
        Manifest first = bench.backup();
        flip(chunks(first).getFirst().id());
        shop.execute("UPDATE t SET v = 'new' WHERE id = 7");
        Manifest second = bench.backup();
        assertRight(second);
        assertThat(chunks(second).getFirst().patch()).isEmpty();
    }

    @Test
    void what_lies_in_a_pack_that_was_found_damaged_is_not_built_on() throws IOException {
        Manifest first = bench.backup();
        // Another chunk of the same pack: that of the rows can still be read.
        flip(chunks(first, "other").getFirst().id());
        assertThat(bench.check(first).state()).isEqualTo(VerifyResult.State.DAMAGED);
        shop.execute("UPDATE t SET v = 'new' WHERE id = 7");
        Manifest second = bench.backup();
        assertRight(second);
        assertThat(bench.check(second).state()).isEqualTo(VerifyResult.State.CHECKED);
    }

    @Test
    void a_patch_that_was_damaged_is_not_built_on() throws IOException {
        bench.backup();
        shop.execute("UPDATE t SET v = 'new' WHERE id = 7");
        Manifest second = bench.backup();
        assertThat(patched(second)).isTrue();
        flip(chunks(second).stream()
                .flatMap(chunk -> chunk.patch().stream())
                .findFirst()
                .orElseThrow());
        shop.execute("UPDATE t SET v = 'newer' WHERE id = 9");
        assertRight(bench.backup());
    }

    @Test
    void a_backup_of_some_tables_tells_of_these_alone() {
        bench.backup(
                Workbench.of(Format.CHUNKED, new Filters(List.of("t"), List.of(), List.of(), List.of(), List.of())));
        Manifest second = bench.backup();
        assertRight(second);
        assertThat(stored(second, "t").whole()).isNull();
        assertThat(stored(second, "t").read()).isZero();
        assertThat(stored(second, "other").whole()).isEqualTo("the backup before does not have it");
        shop.execute("UPDATE other SET i = i + 1 WHERE i < 5");
        bench.backup(
                Workbench.of(Format.CHUNKED, new Filters(List.of("t"), List.of(), List.of(), List.of(), List.of())));
        Manifest fourth = bench.backup();
        assertRight(fourth);
        assertThat(reading(fourth).base()).isEqualTo(second.name());
    }

    @Test
    void everything_is_read_again_after_a_week_and_no_earlier() {
        SettableClock clock = new SettableClock(Instant.now());
        var program = InProcessPgkeep.in(folder)
                .environment(PostgresClients.environment())
                .env("DATABASE_URL", shop.url())
                .at(clock);
        Function<Kind, Manifest> backup = kind -> {
            var engine = program.engine();
            var made = engine.backup();
            return made.run(made.plan(BackupRequest.of(kind), engine.target()));
        };
        Manifest first = backup.apply(Kind.MANUAL);
        clock.pass(Duration.ofDays(6));
        Manifest second = backup.apply(Kind.MANUAL);
        assertThat(reading(second).base()).isEqualTo(first.name());
        assertThat(reading(second).fullAt()).isEqualTo(reading(first).fullAt());
        // By the clock of the server, which tells when everything was read.
        clock.pass(Duration.ofHours(25));
        Manifest third = backup.apply(Kind.MANUAL);
        assertThat(reading(third).whole()).isEqualTo("the last time is 7 d ago or longer");
        assertThat(reading(third).bytesRead()).isEqualTo(reading(third).bytesInAll());
    }

    private void assertRight(Manifest made) {
        RowOracle.compare(store(), made, bench.target());
    }

    private ChunkStore store() {
        return bench.pgkeep().repository().chunks().store();
    }

    private TableContents table(Manifest made) {
        return contents(made, "t");
    }

    private TableContents contents(Manifest made, String name) {
        Manifest.Chunks chunks = Objects.requireNonNull(made.copies().getFirst().chunks());
        return BackupContents.read(store(), chunks).tables().stream()
                .filter(table -> table.name().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<RowChunk> chunks(Manifest made) {
        return chunks(made, "t");
    }

    private List<RowChunk> chunks(Manifest made, String name) {
        return contents(made, name).extents().stream()
                .map(Extent::chunks)
                .flatMap(List::stream)
                .toList();
    }

    private boolean patched(Manifest made) {
        return chunks(made).stream().anyMatch(chunk -> chunk.patch().isPresent());
    }

    private static Manifest.Table stored(Manifest made, String name) {
        return made.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Reading reading(Manifest made) {
        return Objects.requireNonNull(
                Objects.requireNonNull(made.copies().getFirst().chunks()).reading());
    }

    private void flip(ChunkId id) throws IOException {
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
