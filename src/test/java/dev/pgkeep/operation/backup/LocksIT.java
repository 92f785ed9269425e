package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.FlakyProxy;
import dev.pgkeep.testing.Forms;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup and the locks of others: it waits for nobody for long, and nobody waits for it for long. */
final class LocksIT {
    /** Two looks of the watch and the end of pg_dump, on a machine that has other things to do too. */
    private static final Duration BEARABLE = Duration.ofSeconds(5);

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

    @Test
    void a_table_locked_by_somebody_else_is_named_after_a_few_short_attempts() throws SQLException {
        String earlier = bench.backup();
        try (var holder = holding("orders")) {
            long begun = System.nanoTime();
            var finished = Bench.failed(1, patient(2).args("backup").run());
            assertThat(finished.stderr()).contains("[lock.busy]", "orders", "trying again (1 of");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
            holder.rollback();
        }
        assertThat(bench.names()).containsExactly(earlier);
        bench.nothingIsLeft();
    }

    @Test
    void a_lock_that_is_released_in_time_only_delays_the_backup() throws SQLException {
        try (var holder = holding("orders");
                var running = patient(20).args("backup").start()) {
            running.waitFor("trying again (1 of");
            holder.rollback();
            assertThat(running.end().status()).isZero();
        }
        bench.run("verify");
        bench.nothingIsLeft();
    }

    /** Its size cannot be asked for meanwhile, and the catalog knows none of a table that was never vacuumed. */
    @Forms(
            value = {"chunked | alter table kept add column more int; commit"},
            campaign = {
                "chunked | rollback",
                "custom | rollback",
                "custom | alter table kept add column more int; commit"
            })
    void a_table_that_is_locked_while_the_backup_begins_keeps_its_rows(String format, String end) throws SQLException {
        bench.database()
                .execute("create table kept as select n, repeat('x', 500) as text"
                        + " from generate_series(1, 5000) n; alter table kept set (autovacuum_enabled = off)");
        Connection holder = holding("kept");
        try (var running = bench.process("backup", "--format", format)
                .env("PGKEEP_LOCK_TIMEOUT", "30s")
                .start()) {
            running.waitUntil(() -> waiting("kept"), "it waits for the table");
            try (var statement = holder.createStatement()) {
                statement.execute(end);
            }
            var finished = running.end();
            assertThat(finished.status()).as(finished.output()).isZero();
        } finally {
            holder.close();
        }
        bench.run("restore", "latest", "--yes");
        assertThat(bench.database().ask("select count(*) || ' ' || sum(n) from kept"))
                .isEqualTo("5000 12502500");
        bench.nothingIsLeft();
    }

    @Forms(
            value = "chunked | true",
            campaign = {"custom | false"})
    void a_schema_change_during_a_long_dump_does_not_hold_up_the_application(String format, boolean superuser)
            throws Exception {
        String role = bench.database().server().uniqueName("reader");
        bench.database().execute("create role " + role + " login password 'reader'; grant pg_read_all_data to " + role);
        try (var line = FlakyProxy.to(bench.database().server().cluster().port())) {
            String url = line.url(bench.database());
            Bench slow = bench.through(superuser ? url : url.replaceFirst("//[^@]*@", "//" + role + ":reader@"));
            line.limit(250_000);
            try (var running = slow.process("backup", "--format", format).start()) {
                running.waitUntil(() -> locked("orders"), "it holds the table");
                long before = line.received();
                running.waitUntil(() -> line.received() > before + 50_000, "rows are under way");
                try (var application = new Application()) {
                    long begun = System.nanoTime();
                    bench.database().execute("alter table orders add column discount int");
                    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BEARABLE);
                    assertThat(application.longest()).isLessThan(BEARABLE);
                }
                line.limit(Long.MAX_VALUE);
                var finished = running.end();
                assertThat(finished.status()).as(finished.output()).isZero();
                assertThat(finished.stderr()).contains("gave way to", "trying again (1 of");
                if (superuser) {
                    assertThat(finished.stderr()).contains("alter table orders add column discount int");
                }
            }
            bench.run("verify", "--restore");
            bench.nothingIsLeft();
        } finally {
            bench.database().execute("drop owned by " + role + "; drop role " + role);
        }
    }

    @Forms(
            value = {
                "chunked | drop table late; create table late (n int); insert into late values (1)",
            },
            campaign = {
                "custom | truncate late",
                "chunked | truncate late",
                "chunked | alter table late alter n type bigint",
                "chunked | drop table late",
                "custom | drop table late; create table late (n int); insert into late values (1)"
            })
    void a_table_that_changes_between_the_snapshot_and_its_lock_is_not_dumped_as_empty(String format, String change)
            throws SQLException {
        // Tables are locked in the order in which they were made, or by name.
        bench.database().execute("create table late as select n from generate_series(1, 5000) n");
        Connection holder = holding("customers");
        try (var running = bench.process("backup", "--format", format)
                .env("PGKEEP_LOCK_TIMEOUT", "30s")
                .start()) {
            running.waitUntil(() -> waiting("customers"), "it waits for customers");
            // What the snapshot has seen of it is gone when pg_dump gets to it; no lock of ours is on it yet.
            bench.database().execute("set lock_timeout = '5s'; " + change);
            holder.rollback();
            var finished = running.end();
            assertThat(finished.status()).as(finished.output()).isZero();
            assertThat(finished.stderr()).contains("trying again (1 of");
        } finally {
            holder.close();
        }
        var now = bench.content();
        bench.run("verify", "--restore");
        bench.run("restore", "latest", "--yes");
        assertThat(bench.content()).isEqualTo(now);
        bench.nothingIsLeft();
    }

    private dev.pgkeep.testing.PgkeepProcess patient(int retries) {
        return bench.process()
                .env("PGKEEP_LOCK_TIMEOUT", "300ms")
                .env("PGKEEP_LOCK_RETRIES", Integer.toString(retries));
    }

    private Connection holding(String table) throws SQLException {
        Connection holder = bench.database().connect();
        holder.setAutoCommit(false);
        holder.createStatement().execute("lock table " + table + " in access exclusive mode");
        return holder;
    }

    private boolean locked(String table) {
        return locks(table, "granted");
    }

    /** As deployments do that put a finished table in the place of the old one. */
    @Forms(
            value = "chunked",
            campaign = {"custom", "directory"})
    void a_backup_under_swaps_of_tables_ends_within_what_its_retries_promise(String format) throws Exception {
        String earlier = bench.backup();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicLong swaps = new AtomicLong();
        var swapping = CompletableFuture.runAsync(() -> swap(ended, swaps));
        try {
            long begun = System.nanoTime();
            var finished = patient(3).args("backup", "--format", format).run();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as(finished.output())
                    .isLessThan(Duration.ofSeconds(45));
            if (finished.status() != 0) {
                Bench.failed(1, finished);
                assertThat(finished.stderr())
                        .contains("[lock.busy]", "trying again (3 of 3)", "3 more attempts did not help");
            }
        } finally {
            ended.set(true);
            swapping.join();
        }
        assertThat(swaps).hasValueGreaterThan(20);
        bench.run("verify", earlier);
        bench.nothingIsLeft();
    }

    private void swap(AtomicBoolean ended, AtomicLong swaps) {
        try (var connection = bench.database().connect();
                var statement = connection.createStatement()) {
            statement.execute("create table swapped as select n from generate_series(1, 1000) n");
            while (!ended.get()) {
                statement.execute("""
                        begin; alter table swapped rename to old;
                        create table swapped as select n from generate_series(1, 1000) n; drop table old; commit""");
                swaps.incrementAndGet();
                Bench.pause(70);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean waiting(String table) {
        return locks(table, "not granted");
    }

    private boolean locks(String table, String state) {
        return !bench.database()
                .ask("select count(*) from pg_locks l join pg_stat_activity a using (pid) where " + state
                        + " and l.relation = '" + table + "'::regclass and a.application_name like 'pgkeep%'")
                .equals("0");
    }

    /** Reads one row again and again, and remembers how long that took at worst. */
    private final class Application implements AutoCloseable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicLong longest = new AtomicLong();
        private final CompletableFuture<Void> work = CompletableFuture.runAsync(this::work);

        private void work() {
            try (var connection = bench.database().connect();
                    var statement = connection.createStatement()) {
                while (!ended.get()) {
                    long begun = System.nanoTime();
                    statement
                            .executeQuery("select note from orders where id = 7")
                            .close();
                    longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                    Bench.pause(10);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        Duration longest() {
            return Duration.ofNanos(longest.get());
        }

        @Override
        public void close() {
            ended.set(true);
            work.join();
        }
    }
}
