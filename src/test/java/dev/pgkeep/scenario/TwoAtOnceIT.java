package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.FlakyProxy;
import dev.pgkeep.testing.RunningPgkeep;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs at once, and an application that does not stop for a restore. */
final class TwoAtOnceIT {
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
        line.limit(800_000);
    }

    @AfterEach
    void close() {
        line.close();
        bench.close();
    }

    @Test
    void backups_at_once_get_names_of_their_own_and_are_all_good() {
        List<RunningPgkeep> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            running.add(slow.process("backup", "-q").start());
        }
        running.forEach(each -> {
            var finished = each.end();
            assertThat(finished.status()).as(finished.output()).isZero();
        });
        assertThat(Set.copyOf(bench.names())).hasSize(3);
        bench.run("verify", "--all");
        bench.nothingIsLeft();
    }

    @Test
    void a_second_restore_of_the_same_database_is_refused_by_name() {
        String backup = bench.backup();
        try (var first = slow.process("restore", backup, "--yes").start()) {
            first.waitFor("Loading");
            line.stall();
            var second = bench.pgkeep("restore", backup, "--yes");
            line.resume();
            Bench.failed(1, second);
            assertThat(second.stderr())
                    .contains("[lock.busy]", "at work on " + bench.database().name());
            line.limit(Long.MAX_VALUE);
            var finished = first.end();
            assertThat(finished.status()).as(finished.output()).isZero();
        }
        assertThat(bench.database().count("orders")).isEqualTo(20_000);
        bench.nothingIsLeft();
    }

    @Test
    void a_backup_that_is_being_restored_cannot_be_removed() {
        String backup = bench.backup();
        try (var running = slow.process("restore", backup, "--yes").start()) {
            running.waitFor("Loading");
            Repository repository = Repository.open(bench.repository(), Clock.systemUTC());
            assertThatThrownBy(() -> repository.remove(bench.find(backup)))
                    .isInstanceOf(PgkeepException.class)
                    .hasMessageContaining(backup);
            line.limit(Long.MAX_VALUE);
            assertThat(running.end().status()).isZero();
            repository.remove(bench.find(backup));
        }
        assertThat(bench.names()).doesNotContain(backup);
        bench.nothingIsLeft();
    }

    @Test
    void a_filled_target_is_refused_and_left_alone() {
        String backup = bench.backup();
        try (var other = bench.database().server().database("other")) {
            other.execute("create table precious as select 1 as n");
            var finished = bench.fails(4, "restore", backup, "--to", other.name(), "--yes");
            assertThat(finished.stderr()).contains(other.name() + " is not empty", "--drop-existing");
            assertThat(other.count("precious")).isEqualTo(1);
            bench.run("restore", backup, "--to", other.name(), "--yes", "--drop-existing");
            assertThat(other.count("orders")).isEqualTo(20_000);
        }
        bench.nothingIsLeft();
    }

    @Test
    void an_application_that_keeps_coming_back_never_sees_a_half_loaded_database() throws Exception {
        String backup = bench.backup();
        bench.database().execute("delete from orders where id > 777");
        try (Connection idle = bench.database().connect();
                var application = new Application()) {
            Bench.eventually("it works", () -> application.seen.contains("777"));
            var finished = slow.run("restore", backup, "--yes");
            assertThat(finished.stderr()).contains("will be ended");
            Bench.eventually("it works again", () -> application.seen.contains("20000"));
            assertThatThrownBy(() -> idle.createStatement().execute("select 1")).isInstanceOf(SQLException.class);
            assertThat(application.seen).containsExactlyInAnyOrder("777", "20000");
        }
        bench.nothingIsLeft();
    }

    /** Reconnects without end and counts; what it saw, errors aside. */
    private final class Application implements AutoCloseable {
        private final Set<String> seen = new ConcurrentSkipListSet<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final CompletableFuture<Void> work = CompletableFuture.runAsync(this::work);

        private void work() {
            while (!ended.get()) {
                try {
                    seen.add(bench.database().ask("select count(*) from orders"));
                } catch (IllegalStateException e) {
                    String said = String.valueOf(e.getMessage());
                    if (said.contains("relation")) {
                        seen.add(said);
                    }
                }
            }
        }

        @Override
        public void close() {
            ended.set(true);
            work.join();
        }
    }
}
