package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.FlakyProxy;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.RunningPgkeep;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers, databases and client programs that are not there, or not any more. */
final class UnreachableIT {
    @TempDir
    Path folder;

    private Bench bench;
    private FlakyProxy line;

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
        line = FlakyProxy.to(bench.database().server().cluster().port());
    }

    @AfterEach
    void close() {
        line.close();
        bench.close();
    }

    @Test
    void a_missing_database_a_wrong_password_and_a_server_that_is_down_are_told_apart() {
        String name = bench.database().name();
        String url = bench.url();
        Bench missing = bench.through(url.replace("/" + name, "/" + name + "x"));
        assertThat(missing.fails(5, "backup").stderr()).contains(name + "x", "[database.missing]");
        String password = bench.database().server().cluster().password();
        Bench wrong = bench.through(url.replace(password, "not-the-password"));
        assertThat(wrong.fails(5, "backup").stderr()).contains("[login.failed]").doesNotContain("not-the-password");
        line.close();
        Bench down = bench.through(line.url(bench.database()));
        assertThat(down.fails(5, "backup").stderr())
                .contains("[server.unreachable]")
                .doesNotContain(password);
        assertThat(bench.names()).isEmpty();
        String backup = bench.backup();
        assertThat(wrong.fails(5, "restore", backup, "--yes").stderr()).contains("[login.failed]");
        assertThat(down.fails(5, "restore", backup, "--yes").stderr()).contains("[server.unreachable]");
        assertThat(down.fails(5, "verify", backup, "--restore").stderr()).contains("[server.unreachable]");
        assertThat(bench.find(backup).isDamaged()).isFalse();
        bench.nothingIsLeft();

        // A cron job that cannot even begin has failed, and the history says so.
        assertThat(bench.runs("backup")).hasSize(1);
        down.fails(5, "backup", "--dry-run");
        assertThat(bench.runs("backup")).hasSize(1);
        down.fails(5, "backup");
        assertThat(bench.runs("backup")).hasSize(2).first().asString().startsWith("server.unreachable: ");
    }

    @Test
    void without_client_programs_nothing_is_started() {
        String backup = bench.backup();
        var before = bench.content();
        for (String[] words : new String[][] {
            {"backup"},
            {"restore", backup, "--yes"},
            {"verify", backup, "--restore"},
            {"reset", "--yes"},
            {"guard", "echo ran"}
        }) {
            var finished = Bench.failed(
                    5,
                    bench.with("PATH", "")
                            .with(
                                    "PGKEEP_CLIENT_TOOLS",
                                    folder.resolve("nowhere").toString())
                            .pgkeep(words));
            assertThat(finished.stderr()).contains("[tools.");
            assertThat(finished.stdout()).doesNotContain("ran");
        }
        assertThat(bench.names()).containsExactly(backup);
        assertThat(bench.content()).isEqualTo(before);
        bench.nothingIsLeft();
    }

    @Test
    void client_programs_that_are_too_old_are_refused_before_anything_starts() {
        assumeTrue(PostgresServers.versions().contains(17), "no server 17 here");
        var old = PostgresClients.version(15);
        assumeTrue(old.isPresent(), "no client 15 here");
        try (Bench newer = Bench.in(folder, PostgresServers.version(17), 10)) {
            var finished = Bench.failed(
                    5,
                    newer.process("backup")
                            .env("PATH", "")
                            .env("PGKEEP_CLIENT_TOOLS", old.get().folder().toString())
                            .run());
            assertThat(finished.stderr()).contains("[tools.too-old]", "17");
            assertThat(newer.names()).isEmpty();
        }
    }

    @Forms(
            value = {"chunked"},
            campaign = {"custom", "plain", "directory"})
    void a_line_that_breaks_in_the_middle_of_a_backup_leaves_nothing_behind(String format) {
        String earlier = bench.backup();
        Bench bad = bench.through(line.url(bench.database()));
        for (long bytes : Campaign.LONG ? new long[] {20_000, 100_000, 600_000, 2_000_000} : new long[] {600_000}) {
            line.cutAfter(bytes);
            var finished = bad.fails(5, "backup", "--format", format);
            assertThat(finished.stderr()).contains("[server.lost]");
            assertThat(bench.names()).containsExactly(earlier);
            bench.nothingIsLeft();
        }
        line.cutAfter(Long.MAX_VALUE / 2);
        bad.run("backup", "--format", format);
        bad.run("verify", "--all");
    }

    @Forms(
            value = {"chunked"},
            campaign = {"plain", "custom"})
    void a_line_that_breaks_in_the_middle_of_a_restore_changes_nothing(String format) {
        String backup = bench.backup("--format", format);
        bench.database().execute("delete from orders where id > 100");
        var now = bench.content();
        Bench bad = bench.through(line.url(bench.database()));
        line.limit(1_000_000);
        try (var running = bad.process("restore", backup, "--yes").start()) {
            inTheMiddle(running, line, "restore");
            line.refuse();
            line.cut();
            var finished = Bench.failed(5, running.end());
            assertThat(finished.stderr()).contains("nothing was changed");
        }
        assertThat(bench.content()).isEqualTo(now);
        line.allow();
        line.limit(Long.MAX_VALUE);
        assertThat(bad.fails(2, "undo", "--yes").stderr()).contains("there is nothing to undo");
        bad.run("restore", backup, "--yes");
        assertThat(bench.database().count("orders")).isEqualTo(20_000);
        bench.nothingIsLeft();
    }

    @Test
    @LongForm
    void a_line_that_stalls_can_be_interrupted() {
        String earlier = bench.backup();
        String copy = bench.database().name() + "_copy";
        Bench bad = bench.through(line.url(bench.database()));
        line.limit(300_000);
        for (String[] words : new String[][] {
            {"backup"}, {"verify", earlier, "--restore"}, {"restore", earlier, "--to", copy, "--create-db", "--yes"}
        }) {
            try (var running = bad.process(words).start()) {
                inTheMiddle(running, line, words[0]);
                line.stall();
                running.waitUntil(line::holdsBack, "something is stuck");
                long begun = System.nanoTime();
                running.interrupt();
                running.waitFor("stopping: ");
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
                var finished = running.end();
                assertThat(finished.status()).as(finished.output()).isEqualTo(130);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            }
            line.cut();
            line.resume();
        }
        assertThat(bench.names()).containsExactly(earlier);
        bench.run("verify", earlier, "--restore");
        bench.backup();
        bench.nothingIsLeft();
    }

    @Forms(
            value = {"true"},
            campaign = {"false"})
    void a_server_that_goes_down_in_the_middle_loses_nothing(boolean kill) {
        try (var cluster = PostgresServers.own(PostgresServers.any().major());
                Bench own =
                        Bench.in(folder, new TestServer(PostgresServers.any().major(), cluster), 20_000);
                var slow = FlakyProxy.to(cluster.port())) {
            String earlier = own.backup();
            own.database().execute("delete from orders where id > 100");
            own.database()
                    .execute("drop table if exists counted; create table counted as select 1 as n;"
                            // A server that crashes skips some values of a sequence: that is no loss, but it looks like
                            // one.
                            + "alter table orders alter id drop identity");
            var now = own.content();
            Bench bad = own.through(slow.url(own.database()));
            slow.limit(1_000_000);
            String[][] runs = {{"backup"}, {"restore", earlier, "--yes"}};
            for (String[] words : runs) {
                try (var running = bad.process(words).start()) {
                    inTheMiddle(running, slow, words[0]);
                    if (kill) {
                        cluster.kill();
                    } else {
                        cluster.stop();
                    }
                    var finished = Bench.failed(5, running.end());
                    assertThat(finished.stderr()).contains("[server.");
                }
                cluster.startAgain();
            }
            assertThat(own.names()).contains(earlier);
            if (own.content().isEmpty()) {
                slow.limit(Long.MAX_VALUE);
                bad.run("undo", "--yes");
            }
            assertThat(own.content()).isEqualTo(now);
            own.run("restore", earlier, "--yes");
            own.nothingIsLeft();
        }
    }

    /** Rows are under way, of which there are far more. */
    private static void inTheMiddle(RunningPgkeep running, FlakyProxy line, String command) {
        boolean backup = command.equals("backup");
        running.waitFor(backup ? "Dumping" : "Loading");
        long before = backup ? line.received() : line.sent();
        running.waitUntil(() -> (backup ? line.received() : line.sent()) > before + 150_000, "rows are under way");
    }
}
