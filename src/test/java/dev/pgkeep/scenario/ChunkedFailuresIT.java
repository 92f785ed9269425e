package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.FlakyProxy;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.RunningPgkeep;
import dev.pgkeep.testing.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may happen to processes that share chunks: killed beside each other, out of space, on damaged packs. */
final class ChunkedFailuresIT {
    /** Bytes a second at which a backup or a restore of the shop takes some seconds. */
    private static final long SLOW = 400_000;

    @TempDir
    Path folder;

    private Bench bench;
    private FlakyProxy line;
    private Bench slow;

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
        line = FlakyProxy.to(bench.database().server().cluster().port());
        slow = bench.through(line.url(bench.database()));
        line.limit(SLOW);
    }

    @AfterEach
    void close() {
        line.close();
        bench.close();
    }

    @Test
    void backups_killed_in_a_row_beside_another_one_and_a_prune_cost_no_chunk_and_leave_nothing() throws IOException {
        String first = bench.backup();
        bench.run("pin", first);
        var then = bench.content();
        for (int round = 0; round < Campaign.of(1, 4); round++) {
            for (String stage : List.of("rows", "packs", "index")) {
                change(round + stage.length());
                killBesideOthers(stage);
            }
        }
        bench.run("verify", "--all");
        assertThat(bench.names()).contains(first);
        change(7);
        var now = bench.content();
        bench.run("restore", first, "--yes");
        assertThat(bench.content()).isEqualTo(then);
        bench.run("undo", "--yes");
        assertThat(bench.content()).isEqualTo(now);

        bench.run("unpin", first);
        bench.run("delete", first, "--yes");
        bench.run("prune", "--keep-last", "1", "--yes");
        bench.nothingIsLeft();
        bench.run("verify", "--all");
        assertThat(bench.run("prune", "--keep-last", "1", "--dry-run").stdout()).doesNotContain("To be freed");
        assertThat(files("index")).hasSize(1);
    }

    /** Another backup is in the middle of its rows meanwhile, and a prune comes along. */
    private void killBesideOthers(String stage) {
        try (var other = slow.process("backup").start()) {
            other.waitUntil(() -> copying() > 0, "it reads rows");
            List<Path> before = files(stage);
            try (var doomed = (stage.equals("rows") ? slow : bench)
                            .process("backup")
                            .start();
                    var prune =
                            bench.process("prune", "--keep-last", "4", "--yes").start()) {
                await(
                        doomed,
                        () -> stage.equals("rows")
                                ? copying() > 1
                                : files(stage).size() > before.size());
                doomed.kill();
                doomed.end();
                good(prune);
            }
            line.limit(Long.MAX_VALUE);
            good(other);
            line.limit(SLOW);
        }
    }

    @LongForm
    @Test
    void restores_killed_in_a_row_beside_a_backup_and_a_prune_lose_nothing() {
        String wanted = bench.backup();
        var then = bench.content();
        change(2);
        var now = bench.content();
        bench.backup();
        try (var neighbour = bench.database().server().database("neighbour")) {
            neighbour.execute("create table t as select n from generate_series(1, 1000) n");
            Bench beside = bench.through(neighbour.url());
            for (int time = 0; time < 2; time++) {
                try (var restore = slow.process("restore", wanted, "--yes").start()) {
                    restore.waitFor("Loading");
                    long before = line.sent();
                    restore.waitUntil(() -> line.sent() > before + 50_000, "rows are under way");
                    // However long the others take, it is not at its end.
                    line.stall();
                    try (var backup = beside.process("backup").start();
                            var prune = bench.process("prune", "--keep-last", "1", "--yes")
                                    .start()) {
                        good(backup);
                        prune.end();
                    }
                    assertThat(bench.names()).contains(wanted);
                    restore.kill();
                    restore.end();
                    line.resume();
                }
                bench.noSessionsAreLeft();
                assertThat(bench.content()).isEmpty();
            }
        }
        bench.run("verify", "--all");
        bench.run("restore", wanted, "--yes");
        assertThat(bench.content()).isEqualTo(then);
        String safety = bench.backups().stream()
                .filter(backup -> backup.kind().equals(Optional.of(Kind.PRE_RESTORE)))
                .map(StoredBackup::name)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no safety backup among " + bench.backups()));
        bench.run("restore", safety, "--yes");
        assertThat(bench.content()).isEqualTo(now);
        bench.nothingIsLeft();
    }

    @Test
    void a_disk_that_gets_full_in_a_backup_or_in_a_sweep_leaves_the_earlier_ones_whole() throws IOException {
        try (var disk = SmallDisk.ofMegabytes(20)) {
            Bench small = bench.withRepository(disk.folder().resolve("backups"));
            String earlier = small.backup();
            change(1);
            disk.leaveFree(200_000);
            assertThat(small.fails(1, "backup").stderr()).contains("[disk.full]");
            assertThat(small.names()).containsExactly(earlier);
            small.nothingIsLeft();
            Files.delete(disk.folder().resolve("filler"));
            String later = small.backup();
            disk.leaveFree(20_000);
            // What cannot be moved for lack of room stays.
            small.run("delete", earlier, "--yes");
            small.run("verify", later);
            Files.delete(disk.folder().resolve("filler"));
            small.run("prune", "--keep-last", "1", "--yes");
            small.run("verify", later);
            assertThat(small.names()).containsExactly(later);
            small.nothingIsLeft();
        }
    }

    @Test
    void a_damaged_pack_is_named_with_the_rows_at_stake_and_the_rest_can_be_taken() throws IOException {
        String good = bench.backup();
        List<Path> old = files("packs");
        change(1);
        String bad = bench.backup();
        Path rows = files("packs").stream()
                .filter(pack -> !old.contains(pack))
                .max(Comparator.comparingLong(pack -> pack.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(rows);
        bytes[bytes.length / 2] ^= 16;
        Files.write(rows, bytes);
        var now = bench.content();
        String refused = bench.fails(3, "restore", bad, "--yes").stderr();
        assertThat(refused).contains(" rows of public.orders", "pack ", "the newest good one is " + good);
        String lost = refused.replaceFirst("(?s).*?([\\d,]+ rows) of public.orders.*", "$1");
        var verify = bench.pgkeep("verify", "--all");
        assertThat(verify.status()).as(verify.output()).isEqualTo(3);
        assertThat(verify.output()).contains(bad + " is damaged", lost + " of public.orders");
        assertThat(bench.find(bad).isDamaged()).isTrue();
        assertThat(bench.find(good).isDamaged()).isFalse();
        assertThat(bench.content()).isEqualTo(now);
        String copy = bench.database().name() + "_copy";
        var taken = bench.pgkeep("restore", bad, "--to", copy, "--create-db", "--yes", "--skip-damaged");
        try (var restored = bench.database().server().databaseToBe(copy)) {
            assertThat(taken.output()).contains(lost + " of public.orders");
            assertThat(restored.count("customers")).isEqualTo(2000);
            assertThat(restored.count("orders")).isEqualTo(20_000 - Long.parseLong(lost.replaceAll("\\D", "")));
        }
        // What is still in the database is stored again, and then the damaged one is whole too.
        bench.backup();
        bench.run("verify", "--all");
        bench.nothingIsLeft();
    }

    /** Other notes for all orders, so that all their chunks are new. */
    private void change(int salt) {
        bench.database().execute("update orders set note = md5(id::text || '%d') || md5('%d')".formatted(salt, salt));
    }

    private static void good(RunningPgkeep running) {
        var finished = running.end();
        assertThat(finished.status()).as(finished.output()).isZero();
    }

    private static void await(RunningPgkeep doomed, java.util.function.BooleanSupplier moment) {
        while (doomed.handle().isAlive() && !moment.getAsBoolean()) {
            Bench.pause(5);
        }
    }

    /** Runs that are just reading rows. */
    private long copying() {
        return bench.sessions().stream()
                .filter(session -> session.contains(": COPY (SELECT"))
                .map(session -> session.replaceFirst(":.*", ""))
                .distinct()
                .count();
    }

    private List<Path> files(String below) {
        Path start = bench.repository().resolve(below);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (var tree = Files.walk(start)) {
            return tree.filter(file -> file.toString().matches(".*\\.(pack|idx)"))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // A temporary file has got its name while we looked.
            return files(below);
        }
    }
}
