package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.operation.restore.TakenBack.Whole;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.FlakyProxy;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.RunningPgkeep;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever dies in a delta, and when: the database is as it was or as the backup is, and the next run goes well. */
final class DeltaCrashIT {
    /** What others hold, so that a delta stands still: at its lock, at its first row, right before its commit. */
    private static final List<String> IN_THE_WAY = List.of(
            "insert into untouched values (0)", "select * from t where id = 5 for update", "select * from counted");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LocalCluster cluster;

    @SuppressWarnings("NullAway.Init")
    private TakenBack shop;

    @SuppressWarnings("NullAway.Init")
    private String backup;

    @SuppressWarnings("NullAway.Init")
    private Whole then;

    @SuppressWarnings("NullAway.Init")
    private Whole now;

    @BeforeEach
    void open() {
        int major = PostgresServers.any().major();
        cluster = PostgresServers.own(major);
        shop = TakenBack.of(new TestServer(major, cluster).database("delta"), folder);
        shop.database().execute("""
                create table t (id int generated always as identity primary key, x text);
                insert into t (x) select md5(n::text) from generate_series(1, 3000) n;
                create table o (id int primary key, t int references t on delete cascade);
                insert into o select n, n from generate_series(1, 2000) n;
                create table untouched (id int);
                create materialized view counted as select count(*) from t;
                """);
        then = shop.whole();
        backup = shop.backup();
        shop.change("""
                update t set x = 'y' where id % 5 = 0;
                delete from t where id % 7 = 0;
                insert into t (x) values ('new'), ('new');
                refresh materialized view counted
                """);
        now = shop.whole();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void killed_wherever_it_stands_nothing_is_changed() throws SQLException {
        for (String busy : IN_THE_WAY) {
            stoppedAt(busy, RunningPgkeep::kill, 137);
            quiet();
            shop.whole().assertSameAs(now);
        }
        back();
    }

    @Test
    void its_server_process_killed_wherever_it_stands_nothing_is_changed() throws SQLException {
        // Sequences skip what they had ahead in the log, in whichever crash.
        shop.database().execute("checkpoint");
        for (String busy : IN_THE_WAY) {
            stoppedAt(busy, running -> Commands.run(List.of("kill", "-9", waiting())), null);
            Bench.eventually("the server is there again", this::answers);
            shop.whole().assertSameAs(now);
        }
        back();
    }

    @Test
    void a_line_that_breaks_anywhere_leaves_the_one_or_the_other() {
        try (FlakyProxy line = FlakyProxy.to(cluster.port())) {
            var far = shop.program().env("DATABASE_URL", line.url(shop.database()));
            String[] words = {"restore", backup, "--delta", "--yes", "--no-safety-backup"};
            long first = line.received();
            var whole = far.run(words);
            assertThat(whole.status()).as(whole.output()).isZero();
            long all = line.received() - first;
            int moments = Campaign.of(6, 100);
            for (int i = 1; i <= moments; i++) {
                again();
                // The last of them are those of the answers to the locks, the rows and the commit.
                long bytes = i * 2 <= moments ? all * i / moments : all - (moments - i) * 40L;
                line.cutAfter(bytes);
                var cut = far.run(words);
                line.cutAfter(Long.MAX_VALUE / 2);
                quiet();
                Whole found = shop.whole();
                if (cut.status() == 0) {
                    found.assertSameAs(then);
                } else if (cut.stderr().contains("the line broke at the commit")) {
                    assertThat(List.of(then.state().content(), now.state().content()))
                            .contains(found.state().content());
                } else {
                    assertThat(found.state().content())
                            .as("cut after %d of %d: %s", bytes, all, cut.output())
                            .isEqualTo(now.state().content());
                }
            }
        }
        back();
    }

    /** The changes once more: always the same rows, with other places. */
    private void again() {
        shop.back(backup, then);
        shop.change("""
                update t set x = 'y' where id % 5 = 0;
                delete from t where id % 7 = 0;
                insert into t (x) values ('new'), ('new');
                refresh materialized view counted
                """);
        shop.whole().assertSameAs(now);
    }

    private void back() {
        shop.back(backup, then);
    }

    private interface Killing {
        void kill(RunningPgkeep running);
    }

    private void stoppedAt(String busy, Killing killing, @org.jspecify.annotations.Nullable Integer status)
            throws SQLException {
        Connection other = shop.database().connect();
        try (Statement statement = other.createStatement();
                RunningPgkeep running = shop.program()
                        .process("restore", backup, "--delta", "--yes", "--no-safety-backup")
                        .start()) {
            other.setAutoCommit(false);
            statement.execute(busy);
            running.waitUntil(() -> !waiting().isEmpty(), "it waits for: " + busy);
            killing.kill(running);
            var ended = running.end();
            if (status == null) {
                assertThat(ended.status()).as(ended.output()).isNotZero();
            } else {
                assertThat(ended.status()).as(ended.output()).isEqualTo(status);
            }
        } finally {
            try {
                other.close();
            } catch (SQLException gone) {
                // with the server
            }
        }
    }

    /** The server process that waits for a lock; empty for none. */
    private String waiting() {
        try {
            List<String> pids = shop.database()
                    .column("select pid from pg_stat_activity where application_name = 'pgkeep'"
                            + " and wait_event_type = 'Lock'");
            return pids.isEmpty() ? "" : pids.getFirst();
        } catch (IllegalStateException down) {
            return "";
        }
    }

    private boolean answers() {
        try {
            return shop.database().ask("select 1").equals("1");
        } catch (IllegalStateException down) {
            return false;
        }
    }

    private void quiet() {
        Bench.eventually(
                "its sessions end",
                () -> shop.database()
                        .column("select 1 from pg_stat_activity where application_name like 'pgkeep%'")
                        .isEmpty());
    }
}
