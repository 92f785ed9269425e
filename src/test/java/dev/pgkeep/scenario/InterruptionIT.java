package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.TableContent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ctrl-C and kill -9 at a few moments spread over a run, which are random but the same each time; at many more in the
 * long form.
 */
final class InterruptionIT {
    private static final int MOMENTS = Campaign.of(3, 100);

    @TempDir
    Path folder;

    private Bench bench;
    private final Random random = new Random(Campaign.seed(1));

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void an_interrupted_backup_leaves_nothing_behind() {
        String earlier = bench.backup();
        for (long moment : moments("backup")) {
            List<String> before = bench.names();
            Finished finished = stop(moment, false, "backup");
            if (finished.status() != 0) {
                assertThat(finished.status()).as(finished.output()).isEqualTo(130);
                // One that had been finished when the signal came is a good one, and stays.
                assertThat(bench.names()).containsAll(before).hasSizeLessThanOrEqualTo(before.size() + 1);
            }
            bench.backups().forEach(each -> assertThat(each.problem()).isEmpty());
            bench.nothingIsLeft();
            assertThat(bench.names()).contains(earlier);
        }
        bench.run("verify", "--all");
    }

    @Test
    void a_killed_backup_is_never_listed_and_the_next_run_cleans_up() {
        String earlier = bench.backup();
        for (long moment : moments("backup")) {
            stop(moment, true, "backup");
            bench.backups().forEach(each -> assertThat(each.problem()).isEmpty());
            assertThat(bench.names()).contains(earlier);
            bench.noSessionsAreLeft();
        }
        bench.backup();
        bench.nothingIsLeft();
        bench.run("prune", "--keep-last", "1", "--yes");
        bench.run("verify", "--all");
        bench.run("restore", "latest", "--yes");
        // What the dead ones had stored is gone with the first prune.
        assertThat(bench.run("prune", "--keep-last", "2", "--dry-run").stdout()).doesNotContain("To be freed");
    }

    @Forms(
            value = {"chunked|false"},
            campaign = {"custom|true", "chunked|true", "custom|false"})
    void a_restore_stopped_at_any_moment_loses_nothing(String format, boolean kill) {
        String backup = bench.backup("--format", format);
        var then = bench.content();
        bench.database().execute("delete from orders where id % 3 = 0; create table later (n int)");
        var now = bench.content();
        for (long moment : moments("restore", backup, "--yes")) {
            back(now);
            Finished finished = stop(moment, kill, "restore", backup, "--yes");
            bench.noSessionsAreLeft();
            Optional<Map<String, TableContent>> found = bench.content();
            if (finished.status() != 0 && !kill) {
                assertThat(finished.status()).as(finished.output()).isEqualTo(130);
                assertThat(bench.leftDatabases()).isEmpty();
                assertThat(bench.workFiles()).isEmpty();
            }
            if (found.isEmpty()) {
                if (!kill) {
                    assertThat(finished.stderr()).contains("pgkeep undo");
                }
                bench.run("undo", "--yes");
                assertThat(bench.content())
                        .as("after undo, killed at %d ms", moment)
                        .isEqualTo(now);
                assertThat(bench.leftDatabases()).isEmpty();
            } else {
                assertThat(found.equals(then) || found.equals(now))
                        .as("neither as before nor as in the backup: %s", finished.output())
                        .isTrue();
                if (finished.status() == 0) {
                    assertThat(found).as(finished.output()).isEqualTo(then);
                }
            }
        }
        bench.backup();
        bench.run("verify", backup, "--restore");
        bench.nothingIsLeft();
    }

    @Forms(
            value = {"true"},
            campaign = {"false"})
    void a_proof_stopped_at_any_moment_leaves_no_scratch_database_for_long(boolean kill) {
        bench.backup();
        var before = bench.content();
        for (long moment : moments("verify", "--restore")) {
            Finished finished = stop(moment, kill, "verify", "--restore");
            bench.noSessionsAreLeft();
            if (!kill) {
                assertThat(finished.status()).as(finished.output()).isIn(0, 130);
                assertThat(bench.leftDatabases()).isEmpty();
            }
        }
        bench.run("verify", "--restore");
        bench.nothingIsLeft();
        assertThat(bench.content()).isEqualTo(before);
    }

    @Test
    void ctrl_c_on_a_terminal_ends_the_client_programs_too() {
        String earlier = bench.backup();
        for (long moment : moments("backup")) {
            try (var running = bench.process("backup").onTerminal().start()) {
                Bench.pause(moment);
                running.interrupt();
                var finished = running.end();
                assertThat(finished.status()).as(finished.output()).isIn(0, 130);
                assertThat(finished.output()).doesNotContain("inside pgkeep", "\tat ");
            }
            bench.nothingIsLeft();
        }
        assertThat(bench.names()).contains(earlier);
    }

    /** Brings the database to that content, by the way a user would. */
    private void back(Optional<Map<String, TableContent>> wanted) {
        if (!bench.content().equals(wanted)) {
            bench.run("undo", "--yes");
            assertThat(bench.content()).isEqualTo(wanted);
        }
    }

    private Finished stop(long moment, boolean kill, String... words) {
        try (var running = bench.process(words).start()) {
            Bench.pause(moment);
            if (kill) {
                running.kill();
            } else {
                running.interrupt();
            }
            return running.end();
        }
    }

    /** Moments spread over the time that the command takes when nobody stops it. */
    private List<Long> moments(String... words) {
        long start = System.nanoTime();
        bench.run(words);
        long millis = (System.nanoTime() - start) / 1_000_000;
        List<Long> moments = new ArrayList<>();
        for (int i = 0; i < MOMENTS; i++) {
            // The first third of a run is the start of the JVM and the reading of the configuration.
            moments.add(millis / 4 + (long) ((millis * 3 / 4.0) * (i + random.nextDouble()) / MOMENTS));
        }
        return moments;
    }
}
