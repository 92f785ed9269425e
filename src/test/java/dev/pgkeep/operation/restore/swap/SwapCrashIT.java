package dev.pgkeep.operation.restore.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.FlakyProxy;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.TableContent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Killed at every step, and cut off: under the name there is always a complete database, and the next run goes on from
 * there.
 */
final class SwapCrashIT {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @SuppressWarnings("NullAway.Init")
    private String backup;

    @SuppressWarnings("NullAway.Init")
    private Map<String, TableContent> then;

    @SuppressWarnings("NullAway.Init")
    private Map<String, TableContent> now;

    @BeforeEach
    void open() {
        shop = Shop.in(folder);
        backup = shop.backup();
        then = shop.content();
        shop.change();
        now = shop.content();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void killed_before_the_names_are_swapped_the_database_is_as_it_was() throws Exception {
        Shop asking = shop.with("PGKEEP_SMOKE", "select 1");
        List<String> steps = Campaign.LONG
                ? List.of("Loading", "Gathering", "Asking", "Exchanging the names")
                : List.of("Exchanging the names");
        for (String step : steps) {
            assertThat(killedAt(asking, step, "restore", backup, "--swap", "--yes", "--no-safety-backup"))
                    .isEqualTo(137);
            assertThat(shop.content()).as("killed at " + step).isEqualTo(now);
            eventually("its sessions end", () -> sessions().equals("0"));
        }
        // Each run drops what the one before it left.
        assertThat(shop.others()).hasSize(1).allMatch(each -> each.contains("_pgkeep_restoring_"));
        // What changed nothing needs no undo, also where it had announced itself.
        var undo = shop.pgkeep("undo", "--yes");
        assertThat(undo.output()).contains("there is nothing to undo");
        assertThat(shop.content()).isEqualTo(now);
        shop.done("restore", backup, "--swap", "--yes", "--no-safety-backup");
        assertThat(shop.content()).isEqualTo(then);
        assertThat(shop.content(shop.kept())).isEqualTo(now);
    }

    @Test
    void killed_after_the_names_were_swapped_the_next_run_goes_on_from_there() throws Exception {
        assertThat(killedAt(shop, "+Exchanging the names", "restore", backup, "--swap", "--yes"))
                .isEqualTo(137);
        assertThat(shop.content()).isEqualTo(then);
        assertThat(shop.content(shop.kept())).isEqualTo(now);
        assertThat(shop.runs("restore")).containsExactly("running");

        assertThat(killedAt(shop, "Exchanging the names", "undo", "--yes")).isEqualTo(137);
        assertThat(shop.content()).isEqualTo(then);
        assertThat(killedAt(shop, "+Exchanging the names", "undo", "--yes")).isEqualTo(137);
        assertThat(shop.content()).isEqualTo(now);
        assertThat(shop.content(shop.kept())).isEqualTo(then);
        // The killed one was there already: the next one says so, and only the one after it goes back.
        assertThat(shop.done("undo", "--yes").stdout()).contains("had swapped the names by then", "Nothing is left");
        assertThat(shop.content()).isEqualTo(now);
        assertThat(shop.runs("undo")).startsWith("done");
        shop.done("undo", "--yes");
        assertThat(shop.content()).isEqualTo(then);

        assertThat(killedAt(shop, "Dropping", "undo", "--discard", "--yes")).isEqualTo(137);
        assertThat(shop.content()).isEqualTo(then);
        assertThat(shop.content(shop.kept())).isEqualTo(now);
        shop.done("undo", "--discard", "--yes");
        assertThat(shop.others()).isEmpty();
    }

    @Test
    void killed_at_any_moment_of_a_replacement_the_old_or_the_new_one_is_there_whole() throws Exception {
        List<String> before = Campaign.LONG
                ? List.of("Dumping", "Loading", "Gathering", "Exchanging the names")
                : List.of("Loading", "Exchanging the names");
        for (String step : before) {
            assertThat(killedAt(shop, step, "restore", backup, "--yes")).isEqualTo(137);
            assertThat(shop.content()).as("killed at " + step).isEqualTo(now);
            eventually("its sessions end", () -> sessions().equals("0"));
        }
        assertThat(killedAt(shop, "Dropping the old", "restore", backup, "--yes"))
                .isEqualTo(137);
        assertThat(shop.content()).isEqualTo(then);
        eventually("its sessions end", () -> sessions().equals("0"));
        shop.done("undo", "--yes");
        assertThat(shop.content()).isEqualTo(now);
        assertThat(shop.others()).as("what killed runs left is gone").isEmpty();
    }

    @LongForm
    @Test
    void killed_while_others_wait_they_are_let_in_again() throws Exception {
        try (var stuck = Stuck.in(shop)) {
            try (var running = shop.child("restore", backup, "--swap", "--yes", "--no-safety-backup")
                    .start()) {
                running.waitUntil(stuck::keepsOthersWaiting, "the names are being swapped");
                running.kill();
                assertThat(running.end().status()).isEqualTo(137);
            }
            // The server gives up by itself although the session in the way stays.
            eventually("others are let in", () -> !stuck.keepsOthersWaiting());
            assertThat(shop.content()).isEqualTo(now);
        }
        eventually("its sessions end", () -> sessions().equals("0"));
        assertThat(shop.content()).isEqualTo(now);
        shop.done("restore", backup, "--swap", "--yes", "--no-safety-backup");
        assertThat(shop.content()).isEqualTo(then);
        shop.kept();
    }

    @Test
    void a_session_that_does_not_end_at_once_is_waited_for_and_others_are_let_in_meanwhile() throws Exception {
        try (var stuck = Stuck.in(shop);
                var running = shop.child("restore", backup, "--swap", "--yes", "--json", "--no-safety-backup")
                        .start()) {
            running.waitFor("is still in use");
            assertThat(shop.content()).isEqualTo(now);
            stuck.goOn();
            Finished finished = running.end();
            assertThat(finished.status()).as(finished.output()).isZero();
        }
        assertThat(shop.content()).isEqualTo(then);
        assertThat(shop.content(shop.kept())).isEqualTo(now);
    }

    @Test
    void a_line_that_breaks_leaves_the_one_or_the_other() throws Exception {
        try (FlakyProxy line = FlakyProxy.to(shop.server().cluster().port())) {
            Shop far = shop.with("DATABASE_URL", line.url(shop.database()));
            line.limit(400_000);
            try (var running = far.child("restore", backup, "--swap", "--yes", "--no-safety-backup")
                    .start()) {
                running.waitFor("Loading");
                line.cut();
                Finished finished = running.end();
                assertThat(finished.status()).as(finished.output()).isEqualTo(5);
                assertThat(finished.stderr()).contains("nothing was changed");
            }
            assertThat(shop.content()).isEqualTo(now);
            line.limit(Long.MAX_VALUE);
            // To drop a database the server waits for all of its processes, and so for the one that is stuck below.
            eventually("its sessions end", () -> sessions().equals("0"));
            shop.done("verify", "--restore");
            assertThat(shop.others()).isEmpty();
            try (var stuck = Stuck.in(shop);
                    var running = far.child("restore", backup, "--swap", "--yes", "--no-safety-backup")
                            .start()) {
                running.waitUntil(stuck::keepsOthersWaiting, "the names are being swapped");
                line.cut();
                Finished finished = running.end();
                assertThat(finished.status()).as(finished.output()).isEqualTo(5);
                assertThat(finished.stderr()).contains("before the names were swapped, so nothing was changed");
            }
        }
        assertThat(shop.content()).isEqualTo(now);
        shop.done("restore", backup, "--swap", "--yes", "--no-safety-backup");
        assertThat(shop.content()).isEqualTo(then);
        shop.kept();
    }

    private String sessions() {
        return shop.server().ask("select count(*) from pg_stat_activity where application_name like 'pgkeep%'");
    }

    private static int killedAt(Shop where, String step, String... words) throws Exception {
        return SwapChild.killedAt(where, step, words);
    }

    private static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in vain: " + what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** A session whose process does not react, so that nobody can rename its database. */
    private static final class Stuck implements AutoCloseable {
        private final Shop shop;
        private final java.sql.Connection connection;
        private final String pid;

        private Stuck(Shop shop, java.sql.Connection connection, String pid) {
            this.shop = shop;
            this.connection = connection;
            this.pid = pid;
            signal("STOP");
        }

        static Stuck in(Shop shop) throws SQLException {
            var connection = shop.database().connect();
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                return new Stuck(shop, connection, row.getString(1));
            }
        }

        /** Whether whoever connects now has to wait. */
        boolean keepsOthersWaiting() {
            return !shop.server()
                    .ask(
                            "select count(*) from pg_locks l join pg_database d on d.oid = l.objid where l.locktype = 'object'"
                                    + " and l.classid = 'pg_database'::regclass and l.mode = 'AccessExclusiveLock' and l.granted"
                                    + " and d.datname = '" + shop.name() + "'")
                    .equals("0");
        }

        void goOn() {
            signal("CONT");
        }

        private void signal(String name) {
            assertThat(Commands.run(List.of("kill", "-" + name, pid)).status()).isZero();
        }

        @Override
        public void close() throws SQLException {
            Commands.run(List.of("kill", "-CONT", pid));
            connection.close();
        }
    }
}
