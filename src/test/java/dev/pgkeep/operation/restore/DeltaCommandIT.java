package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.operation.restore.TakenBack.Whole;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restore and undo by a delta as people type them: said before, chosen by itself, and undone again. */
final class DeltaCommandIT {
    private static final String CHANGE = "update t set x = 'bad' where id < 200;\nselect nextval('s')";

    @TempDir
    Path folder;

    private TakenBack made(int rows) {
        TakenBack shop = TakenBack.of(PostgresServers.any().database("delta"), folder);
        shop.database().execute("""
                create table t (id int primary key, x text);
                insert into t select n, repeat(md5(n::text), 5) from generate_series(1, %d) n;
                create sequence s;
                """.formatted(rows));
        return shop;
    }

    @Test
    void it_is_chosen_and_told_where_the_database_is_large_and_little_differs() {
        try (TakenBack shop = made(90_000)) {
            Whole before = shop.whole();
            String backup = shop.backup();
            shop.change(CHANGE);
            Whole bad = shop.whole();
            var dry = shop.run("restore", backup, "--dry-run");
            assertThat(dry.output())
                    .containsPattern("[0-9.]+ MB stay, about [0-9.]+ kB are replaced: 199 rows written since go,"
                            + " 199 rows of the backup come back, in 1 table");
            shop.whole().assertSameAs(bad);
            assertThat(shop.run("restore", backup, "--dry-run", "--no-delta").output())
                    .doesNotContain("stay, about");
            var done = shop.run("restore", backup, "--yes", "--json");
            assertThat(done.stdout()).startsWith("{");
            shop.whole().assertSameAs(before);
            // And back again: the safety backup is as good a source.
            var undone = shop.run("undo", "--yes");
            assertThat(undone.output()).contains("replace only what differs");
            shop.whole().assertSameAs(bad);
            shop.run("undo", "--yes", "--delta");
            shop.whole().assertSameAs(before);
            // Most of it changed: everything is replaced.
            shop.change("update t set x = 'z' where id > 20000");
            assertThat(shop.run("restore", backup, "--dry-run").output()).doesNotContain("stay, about");
            shop.change("alter table t add y int");
            assertThat(shop.run("restore", backup, "--dry-run").output())
                    .contains("everything is replaced, not only what differs: TABLE", "is defined otherwise now");
        }
    }

    @Test
    void a_bad_statement_under_guard_is_undone() {
        try (TakenBack shop = made(1000)) {
            Whole before = shop.whole();
            shop.run("guard", "--", "psql", "-X", "-d", shop.database().url(), "-c", "delete from t where id % 2 = 0");
            assertThat(shop.database().count("t")).isEqualTo(500);
            shop.run("undo", "--yes", "--delta");
            shop.whole().assertSameAs(before);
            shop.run("undo", "--yes", "--delta");
            assertThat(shop.database().count("t")).isEqualTo(500);
        }
    }

    @Test
    void damage_of_what_is_needed_is_found_before_the_question_and_other_damage_does_not_matter() throws IOException {
        try (TestDatabase database = PostgresServers.any().database("delta")) {
            Workbench bench = Workbench.of(folder, database);
            TakenBack shop = TakenBack.of(database, folder);
            database.execute("create table a as select n as id, md5(n::text) as x from generate_series(1, 2000) n;"
                    + "create table b as select n as id, md5((-n)::text) as x from generate_series(1, 2000) n");
            Whole before = shop.whole();
            String backup = shop.backup();
            flip(bench, chunk(bench, backup, "a"));
            shop.change("update b set x = 'y' where id = 3");
            shop.back(backup, before);
            shop.change("update a set x = 'y' where id = 3");
            Whole now = shop.whole();
            var refused = shop.fails(3, "restore", backup, "--delta", "--yes", "--no-safety-backup");
            assertThat(refused.stderr()).contains("[backup.damaged]", "public.a");
            shop.whole().assertSameAs(now);
        }
    }

    private static ChunkId chunk(Workbench bench, String backup, String table) {
        ChunkedSource source = (ChunkedSource) RestoreSource.of(bench.pgkeep().repository(), bench.stored(backup));
        List<Extent> extents = source.contents().tables().stream()
                .filter(each -> each.name().name().equals(table))
                .findFirst()
                .orElseThrow()
                .extents();
        return extents.getFirst().chunks().getFirst().id();
    }

    private static void flip(Workbench bench, ChunkId id) throws IOException {
        ChunkStore.Place place =
                bench.pgkeep().repository().chunks().store().find(id).orElseThrow();
        Path pack = bench.pgkeep()
                .repository()
                .root()
                .resolve("packs")
                .resolve(place.pack().substring(0, 2))
                .resolve(place.pack() + ".pack");
        byte[] bytes = Files.readAllBytes(pack);
        bytes[(int) place.offset() + place.stored() / 2] ^= 4;
        Files.write(pack, bytes);
    }
}
