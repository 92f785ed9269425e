package dev.pgkeep.operation.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.undo.UndoChoice.Candidate;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.postgres.swap.KeptDatabaseComment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What undo goes back to, decided on the history and on what the server keeps. */
final class UndoChoiceTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String HERE = "localhost:5432";
    private static final Target SHOP = target("shop");
    private static final Path ROWS = Path.of("rows.json");

    static Stream<Arguments> ways() {
        return Stream.of(
                row(
                        "a restore: to its safety backup",
                        backup("before"),
                        List.of(),
                        run("restore", Run.DONE).safety("before")),
                row(
                        "a killed one the same way",
                        backup("before"),
                        List.of(),
                        run("reset", Run.RUNNING).safety("before")),
                row(
                        "a swap: to the database that it kept",
                        kept("old"),
                        List.of("old"),
                        run("restore", Run.DONE).kept("old")),
                row(
                        "a swap whose database is gone: to its safety backup",
                        backup("before"),
                        List.of(),
                        run("restore", Run.DONE).kept("old").safety("before")),
                row(
                        "a swap that was killed before the names were swapped is passed over",
                        backup("older"),
                        List.of(),
                        run("restore", Run.RUNNING).kept("old").safety("before"),
                        run("reset", Run.DONE).safety("older")),
                row(
                        "a swap that was killed afterwards: to the database that it kept",
                        kept("old"),
                        List.of("old"),
                        run("restore", Run.RUNNING).kept("old")),
                row(
                        "a swap that failed and whose database was dropped on purpose: to its safety backup",
                        backup("before"),
                        List.of(),
                        run("discard", Run.DONE).kept("old"),
                        run("restore", "interrupted").kept("old").safety("before")),
                row(
                        "an undo that did not end well goes on to where it was going",
                        backup("goal"),
                        List.of(),
                        run("undo", Run.RUNNING).backup("goal").safety("before")),
                row(
                        "an undo that had swapped the names when it was killed has nothing left to do",
                        new WayBack.Arrived(),
                        List.of("other"),
                        run("undo", Run.RUNNING).kept("other")),
                row(
                        "an undo that ended well is undone as any run",
                        kept("other"),
                        List.of("other"),
                        run("undo", Run.DONE).kept("other")),
                row(
                        "a cleanup: to the rows that it wrote down",
                        new WayBack.Rows(ROWS),
                        List.of(),
                        run("cleanup", Run.DONE).safety("before").rows("rows.json")),
                row(
                        "a cleanup whose rows are gone: to its safety backup",
                        backup("before"),
                        List.of(),
                        run("cleanup", Run.DONE).safety("before").rows("gone.json")),
                row(
                        "what another repository replaced: to the database that the server keeps",
                        kept("old"),
                        List.of("old")),
                row("the newest of what the server keeps", kept("newer"), List.of("newer", "old")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void the_history_and_the_kept_databases_say_where_undo_leads(
            String what, WayBack way, List<String> kept, List<Run> runs) {
        assertThat(choose(runs, kept, false).way()).isEqualTo(way);
    }

    @Test
    void the_whole_backup_is_taken_instead_of_deleted_rows_when_it_is_wanted() {
        List<Run> runs = history(run("cleanup", Run.DONE).safety("before").rows("rows.json"));
        assertThat(choose(runs, List.of(), true).way()).isEqualTo(backup("before"));
    }

    @Test
    void later_runs_that_changed_nothing_are_passed_and_told() {
        UndoChoice choice = choose(
                history(
                        run("restore", Run.RUNNING).kept("never"),
                        run("reset", Run.DONE).safety("before")),
                List.of(),
                false);
        assertThat(choice.run().command()).isEqualTo("reset");
        assertThat(choice.passed()).extracting(Run::keptDatabase).containsExactly("never");
    }

    @Test
    void the_run_before_is_remembered_where_it_had_failed() {
        Made last = run("reset", Run.DONE).safety("before");
        List<Run> failed = history(last, run("migrate", "command.failed").safety("older"));
        assertThat(choose(failed, List.of(), false).failedBefore())
                .hasValueSatisfying(run -> assertThat(run.safetyBackup()).isEqualTo("older"));
        List<Run> good = history(last, run("migrate", Run.DONE).safety("older"));
        assertThat(choose(good, List.of(), false).failedBefore()).isEmpty();
    }

    @Test
    void restores_of_the_configured_database_do_not_count_where_they_go_to_a_test_database() {
        Candidate test = new Candidate(target("shop_test"), List.of(), false);
        Candidate main = new Candidate(SHOP, List.of(), true);
        List<Run> restored = history(
                run("restore", Run.DONE).safety("main"),
                run("restore", Run.DONE).safety("test").on("shop_test"));
        assertThat(of(restored, test, main).target().database()).isEqualTo("shop_test");
        List<Run> migrated = history(
                run("migrate", Run.DONE).safety("main"),
                run("restore", Run.DONE).safety("test").on("shop_test"));
        assertThat(of(migrated, test, main).way()).isEqualTo(backup("main"));
    }

    @Test
    void without_anything_to_undo_the_error_says_what_the_repository_knows() {
        assertNothing(List.of(), "there is nothing to undo: this repository knows of no restore");
        assertNothing(
                history(run("restore", Run.DONE).safety("b").at("db.example.com:5432")),
                "the last restore of a database of that name was on db.example.com:5432");
        assertNothing(
                history(run("restore", Run.DONE)), "the last restore made no safety backup: there was nothing in shop");
        assertNothing(
                history(run("restore", Run.DONE).kept("old")),
                "the last restore made no safety backup: old, which it had kept instead, is gone");
    }

    private static void assertNothing(List<Run> runs, String says) {
        assertThatThrownBy(() -> choose(runs, List.of(), false))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_NOT_FOUND))
                .hasMessageContaining(says);
    }

    private static UndoChoice choose(List<Run> runs, List<String> kept, boolean whole) {
        List<KeptDatabase> databases =
                kept.stream().map(UndoChoiceTest::database).toList();
        return UndoChoice.of(runs, List.of(new Candidate(SHOP, databases, false)), UndoChoiceTest::document, whole);
    }

    private static UndoChoice of(List<Run> runs, Candidate... candidates) {
        return UndoChoice.of(runs, List.of(candidates), UndoChoiceTest::document, false);
    }

    private static Optional<Path> document(String name) {
        return Optional.of(Path.of(name)).filter(ROWS::equals);
    }

    private static Arguments row(String what, WayBack way, List<String> kept, Made... newestFirst) {
        return Arguments.of(what, way, kept, history(newestFirst));
    }

    private static WayBack backup(String name) {
        return new WayBack.Backup(name);
    }

    private static WayBack kept(String name) {
        return new WayBack.Kept(database(name));
    }

    private static KeptDatabase database(String name) {
        var note = new KeptDatabaseComment("shop", NOON, NOON.plus(Duration.ofHours(24)), "restore", "b");
        return new KeptDatabase(name, 1, note, 1, true, false, 0);
    }

    private static List<Run> history(Made... newestFirst) {
        return Arrays.stream(newestFirst)
                .map(made ->
                        made.run(NOON.minusSeconds(Arrays.asList(newestFirst).indexOf(made))))
                .toList();
    }

    private static Target target(String database) {
        return TargetReader.read("postgresql://app@localhost:5432/" + database, Map.of(), Path.of("none"), "test")
                .target();
    }

    private static Made run(String command, String outcome) {
        return new Made(command, outcome, "shop", HERE, null, null, null, null);
    }

    /** A run as the history has it. */
    private record Made(
            String command,
            String outcome,
            String database,
            String server,
            @Nullable String backup,
            @Nullable String safety,
            @Nullable String kept,
            @Nullable String rows) {
        Made on(String other) {
            return new Made(command, outcome, other, server, backup, safety, kept, rows);
        }

        Made at(String place) {
            return new Made(command, outcome, database, place, backup, safety, kept, rows);
        }

        Made backup(String name) {
            return new Made(command, outcome, database, server, name, safety, kept, rows);
        }

        Made safety(String name) {
            return new Made(command, outcome, database, server, backup, name, kept, rows);
        }

        Made kept(String name) {
            return new Made(command, outcome, database, server, backup, safety, name, rows);
        }

        Made rows(String name) {
            return new Made(command, outcome, database, server, backup, safety, kept, name);
        }

        Run run(Instant started) {
            return Run.builder(started.toString(), command, database, started)
                    .server(server)
                    .outcome(outcome)
                    .backup(backup)
                    .safetyBackup(safety)
                    .keptDatabase(kept)
                    .rowsDocument(rows)
                    .build();
        }
    }
}
