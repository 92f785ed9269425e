package dev.pgkeep.operation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.format.manifest.RunBuilder;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which run is undone. */
final class PastRunsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String HERE = "localhost:5432";

    @Test
    void the_newest_run_that_changed_the_database_is_undone_whatever_command_it_was() {
        for (String command : List.of("restore", "reset", "refresh", "migrate", "guard", "undo")) {
            Run last = run("3", command, HERE, "interrupted", "before");
            List<Run> runs = List.of(
                    run("5", "verify", HERE, Run.DONE, null),
                    run("4", "backup", HERE, Run.DONE, null),
                    last,
                    run("1", "restore", HERE, Run.DONE, "older"));
            assertThat(past(runs).toUndo()).contains(last);
        }
    }

    @Test
    void one_that_failed_before_it_changed_anything_is_passed_over() {
        Run older = run("1", "reset", HERE, Run.RUNNING, "older");
        assertThat(past(List.of(run("2", "restore", HERE, "safety-backup.failed", null), older))
                        .toUndo())
                .contains(older);
    }

    @Test
    void an_undo_that_did_not_end_well_goes_on_to_where_it_was_going() {
        for (String outcome : List.of(Run.RUNNING, "interrupted", "restore.failed")) {
            assertThat(PastRuns.destination(undo(outcome))).as(outcome).contains("goal");
        }
        assertThat(PastRuns.destination(undo(Run.DONE))).isEmpty();
        assertThat(PastRuns.destination(run("3", "restore", HERE, Run.RUNNING, "before")))
                .isEmpty();
        assertThat(past(List.of(undo(Run.RUNNING))).unfinished("undo")).contains("before");
    }

    @Test
    void runs_on_another_server_are_never_undone_but_named() {
        Run there = run("2", "restore", "db.example.com:5432", Run.DONE, "there");
        Run other = run("3", "restore", "localhost:5433", Run.DONE, "other");
        assertThat(past(List.of(other, there)).toUndo()).isEmpty();
        assertThat(past(List.of(other, there)).elsewhere()).contains(other);
    }

    @Test
    void names_of_this_machine_are_the_same_server() {
        for (String name : List.of("127.0.0.1:5432", "[::1]:5432", "/var/run/postgresql:5432", HERE)) {
            assertThat(past(List.of(run("1", "restore", name, Run.DONE, "b"))).toUndo())
                    .as(name)
                    .isPresent();
        }
    }

    @Test
    void the_last_look_says_whether_it_was_protected() {
        Run marked = begun("2", "reset")
                .outcome(Run.RUNNING)
                .safetyBackup("b")
                .wasProtected(true)
                .build();
        assertThat(past(List.of(run("3", "backup", HERE, Run.DONE, null), marked))
                        .wasProtected())
                .isTrue();
        assertThat(past(List.of(run("3", "backup", HERE, Run.DONE, null))).wasProtected())
                .isFalse();
    }

    private static Run undo(String outcome) {
        return begun("3", "undo")
                .outcome(outcome)
                .backup("goal")
                .safetyBackup("before")
                .build();
    }

    private static PastRuns past(List<Run> runs) {
        return new PastRuns(runs, target());
    }

    private static Target target() {
        return TargetReader.read("postgresql://app@localhost:5432/shop", Map.of(), Path.of("none"), "test")
                .target();
    }

    private static Run run(String id, String command, String server, String outcome, @Nullable String safety) {
        return begun(id, command)
                .server(server)
                .outcome(outcome)
                .safetyBackup(safety)
                .build();
    }

    private static RunBuilder begun(String id, String command) {
        return Run.builder(id, command, "shop", NOON).server(HERE).seconds(1);
    }
}
