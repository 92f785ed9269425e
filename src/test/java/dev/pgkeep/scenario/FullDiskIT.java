package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.SmallDisk;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or may not be written to: what is there stays, what is half done goes. */
final class FullDiskIT {
    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Forms(
            value = "custom",
            campaign = {"plain", "tar", "directory"})
    void a_disk_that_gets_full_in_a_backup_leaves_the_earlier_ones_whole(String format) throws IOException {
        try (var disk = SmallDisk.ofMegabytes(20)) {
            Bench small = bench.withRepository(disk.folder().resolve("backups"));
            String earlier = small.backup("--format", format);
            disk.leaveFree(small.find(earlier).bytes() * 7 / 10);
            var finished = small.fails(1, "backup", "--format", format);
            assertThat(finished.stderr()).contains("[disk.full]");
            assertThat(small.names()).containsExactly(earlier);
            small.nothingIsLeft();
            Files.delete(disk.folder().resolve("filler"));
            disk.leaveFree(small.find(earlier).bytes() / 10);
            assertThat(small.fails(1, "backup", "--format", format).stderr()).contains("[disk.full]", "are free");
            small.run("verify", earlier);
        }
    }

    @Test
    void a_full_temporary_folder_is_told_by_every_command_that_needs_it() throws IOException {
        String backup = bench.backup();
        var before = bench.content();
        try (var disk = SmallDisk.ofMegabytes(2)) {
            disk.leaveFree(0);
            for (String[] words :
                    new String[][] {{"backup"}, {"restore", backup, "--yes"}, {"verify", backup}, {"export", backup}}) {
                var failed = Bench.failed(
                        1,
                        bench.process(words)
                                // The executable has its libraries beside it, and writes none of them.
                                .env("PGKEEP_JVM", "1")
                                .env("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + disk.folder())
                                .run());
                assertThat(failed.stderr()).contains("[disk.full]", "TMPDIR").doesNotContain("\tat ");
            }
        }
        assertThat(bench.names()).containsExactly(backup);
        assertThat(bench.content()).isEqualTo(before);
        bench.nothingIsLeft();
    }

    @Test
    void without_a_safety_backup_nothing_is_dropped() throws IOException {
        try (var disk = SmallDisk.ofMegabytes(20)) {
            Bench small = bench.withRepository(disk.folder().resolve("backups"));
            String earlier = small.backup();
            bench.database().execute("create table later as select md5(n::text) from generate_series(1, 50000) n");
            var now = bench.content();
            disk.leaveFree(small.find(earlier).bytes() * 7 / 10);
            var finished = small.fails(4, "restore", earlier, "--yes");
            assertThat(finished.stderr()).contains("safety backup failed, so nothing was changed");
            assertThat(bench.content()).isEqualTo(now);
            assertThat(small.names()).containsExactly(earlier);
            small.nothingIsLeft();
        }
    }

    @Test
    void without_a_safety_backup_no_migration_runs() throws IOException {
        try (var disk = SmallDisk.ofMegabytes(20)) {
            Bench small = bench.withRepository(disk.folder().resolve("backups"));
            String earlier = small.backup();
            bench.database().execute("create table later as select md5(n::text) from generate_series(1, 50000) n");
            var now = bench.content();
            disk.leaveFree(small.find(earlier).bytes() * 7 / 10);
            var finished = small.fails(4, "migrate", "--", "touch", "ran");
            assertThat(finished.stderr()).contains("the safety backup failed, so nothing was run");
            assertThat(folder.resolve("ran")).doesNotExist();
            assertThat(bench.content()).isEqualTo(now);
            assertThat(small.names()).containsExactly(earlier);
            small.nothingIsLeft();
        }
    }

    @Test
    void a_repository_that_may_not_be_written_can_be_read_and_restored_from() throws IOException {
        try (var disk = SmallDisk.ofMegabytes(20)) {
            Bench small = bench.withRepository(disk.folder().resolve("backups"));
            String earlier = small.backup();
            var now = bench.content();
            remount(disk, "ro");
            try {
                assertThat(small.fails(1, "backup").stderr()).contains("backups");
                assertThat(small.run("list").stdout()).contains(earlier);
                var refused = small.fails(4, "restore", earlier, "--yes");
                assertThat(refused.stderr()).contains("safety backup failed, so nothing was changed");
                assertThat(bench.content()).isEqualTo(now);
                String copy = bench.database().name() + "_copy";
                small.run("restore", earlier, "--to", copy, "--create-db");
                try (var restored = bench.database().server().databaseToBe(copy)) {
                    assertThat(restored.count("orders")).isEqualTo(20_000);
                }
                small.run("verify", earlier);
                small.nothingIsLeft();
            } finally {
                remount(disk, "rw");
            }
        }
    }

    @Test
    void a_server_whose_disk_gets_full_keeps_what_it_had() throws IOException {
        try (var disk = SmallDisk.ofMegabytes(220)) {
            ClusterOptions options = ClusterOptions.in(disk.folder())
                    .setting("max_connections", "40")
                    .setting("min_wal_size", "32MB")
                    .setting("max_wal_size", "64MB");
            int major = PostgresServers.any().major();
            try (var cluster = PostgresServers.own(major, options);
                    Bench own = Bench.in(folder, new TestServer(major, cluster), 150_000)) {
                String backup = own.backup();
                var now = own.content();
                cluster.restart();
                disk.leaveFree(24_000_000);
                String copy = own.database().name() + "_copy";
                var finished = own.pgkeep("restore", backup, "--to", copy, "--create-db");
                assertThat(finished.status()).as(finished.output()).isIn(1, 4, 5);
                assertThat(finished.stderr()).contains("error: ", "hint:  ");
                Files.delete(disk.folder().resolve("filler"));
                startAgain(cluster);
                Bench.eventually("the server is back", () -> answers(own));
                assertThat(own.database().server().hasDatabase(copy)).isFalse();
                assertThat(own.content()).isEqualTo(now);
                own.run("restore", backup, "--to", copy, "--create-db");
                own.nothingIsLeft();
            }
        }
    }

    /** The disk is filled while the first row is being masked. */
    @LongForm
    @Test
    void a_server_whose_disk_gets_full_while_it_masks_shows_nothing_and_undo_goes_back() throws IOException {
        Files.writeString(folder.resolve("pgkeep.toml"), """
                [mask.orders]
                note = { sql = "case when id = 1 then pg_sleep(4)::text else repeat(md5(note), 20) end" }
                """);
        bench.backup();
        try (var disk = SmallDisk.ofMegabytes(160)) {
            ClusterOptions options = ClusterOptions.in(disk.folder())
                    .setting("max_connections", "40")
                    .setting("min_wal_size", "32MB")
                    .setting("max_wal_size", "32MB");
            int major = PostgresServers.any().major();
            try (var cluster = PostgresServers.own(major, options);
                    Bench own = Bench.in(folder, new TestServer(major, cluster), 100)
                            .withRepository(folder.resolve("own"))) {
                var now = own.content();
                String[] refresh = {"refresh", "--from", bench.repository().toString(), "--any", "--yes"};
                try (var running = own.process(refresh).start()) {
                    running.waitFor("Masking public.orders");
                    running.waitUntil(() -> masks(own), "the first row is being masked");
                    disk.leaveFree(1_000_000);
                    var finished = running.end();
                    assertThat(finished.status()).as(finished.output()).isIn(1, 5);
                    assertThat(finished.stderr()).contains("pgkeep undo");
                }
                Files.delete(disk.folder().resolve("filler"));
                startAgain(cluster);
                Bench.eventually("the server is back", () -> answers(own));
                assertThat(own.content()).isEmpty();
                own.run("undo", "--yes");
                assertThat(own.content()).isEqualTo(now);
                own.nothingIsLeft();
            }
        }
    }

    /** A server that cannot even write its log ends for good; then somebody makes room and starts it. */
    private static void startAgain(LocalCluster cluster) {
        try {
            cluster.kill();
        } catch (PgkeepException e) {
            // It has ended already.
        }
        cluster.startAgain();
    }

    private static boolean masks(Bench bench) {
        return bench.database()
                .server()
                .ask("select count(*) > 0 from pg_stat_activity where wait_event = 'PgSleep'")
                .equals("t");
    }

    private static boolean answers(Bench bench) {
        try {
            bench.database().server().ask("select 1");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void remount(SmallDisk disk, String mode) {
        var finished = Commands.run(
                List.of("mount", "-o", "remount," + mode, disk.folder().toString()));
        assertThat(finished.status()).as(finished.output()).isZero();
    }
}
