package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PgkeepProcess;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop as a user types it: backup, restore, undo, and the ways to say which backup is meant. */
final class CommandLineLoopIT {
    @TempDir
    private Path folder;

    private final TestServer server = PostgresServers.any();

    @Test
    void undo_goes_back_to_before_the_restore_and_can_be_undone() {
        try (var database = database("one")) {
            ok(run(database, "backup", "--name", "first"));
            database.execute("UPDATE t SET v = 'two'; CREATE VIEW w AS SELECT * FROM t; SELECT lo_from_bytea(77, 'x')");
            var two = State.of(database);
            ok(run(database, "restore", "latest", "--yes"));
            assertThat(database.ask("SELECT v FROM t")).isEqualTo("one");
            var one = State.of(database);

            ok(run(database, "undo", "--yes"));
            State.of(database).assertSameAs(two);

            ok(run(database, "undo", "--yes"));
            State.of(database).assertSameAs(one);
        }
    }

    @Test
    void what_was_not_compared_is_said_and_written_down_with_the_command_that_compares_it() throws IOException {
        try (var database = database("one")) {
            ok(run(database, "backup", "--name", "first", "--format", "chunked"));

            var restored = run(database, "restore", "latest", "--yes", "--no-proof");
            ok(restored);
            assertThat(restored.stdout()).contains("and not compared with it").contains("--no-schema --exit-code");
            assertThat(history()).contains("not compared with the backup (--no-proof)");

            ok(run(database, "diff", "first", "--no-schema", "--exit-code"));
            database.execute("UPDATE t SET v = 'two'");
            assertThat(run(database, "diff", "first", "--no-schema", "--exit-code")
                            .status())
                    .isEqualTo(6);
            var json = run(database, "undo", "--yes", "--no-proof", "--json").stdout();
            assertThat(json).contains("\"proofSkipped\": true").contains("\"provenBy\": \"pgkeep diff ");
            assertThat(json).contains("\"name\": \"rows\"");
        }
    }

    /** A whole comparison would end with 6 for tables that were not to be restored. */
    @Test
    void what_compares_some_tables_names_these_tables() {
        try (var database = database("one")) {
            database.execute("CREATE TABLE \"B c\" AS SELECT 1 AS a");
            ok(run(database, "backup", "--name", "first", "--format", "chunked"));
            database.execute("DROP TABLE \"B c\"; UPDATE t SET v = 'two'");
            var restored = run(database, "restore", "latest", "--yes", "--no-proof", "-t", "\"B c\"");
            ok(restored);
            assertThat(restored.stdout()).contains("--no-schema --exit-code -t '\"B c\"'");
            ok(run(database, "diff", "first", "--no-schema", "--exit-code", "-t", "\"B c\""));

            var inPlace = run(database, "restore", "latest", "--yes", "--no-proof", "--in-place");
            ok(inPlace);
            assertThat(inPlace.stdout()).contains("are counted, not compared").contains("--no-schema --exit-code");
        }
    }

    @Test
    void a_restore_that_fails_changes_nothing() throws IOException {
        try (var database = database("one")) {
            var before = State.of(database);
            Path script = Files.writeString(folder.resolve("bad.sql"), "CREATE TABLE new ();\nSELECT 1/0;\n");

            var failed = run(database, "restore", "--file", script.toString(), "--allow-partial", "--yes");
            assertThat(failed.status()).as(failed.output()).isEqualTo(1);
            assertThat(failed.stderr()).contains("division by zero").contains("nothing was changed");
            State.of(database).assertSameAs(before);
        }
    }

    @Test
    void backups_are_named_by_parts_of_names_by_time_and_by_latest() {
        try (var database = database("one")) {
            ok(run(database, "backup", "--name", "shop_red"));
            database.execute("UPDATE t SET v = 'two'");
            ok(run(database, "backup", "--name", "shop_blue"));
            String between = database.ask("SELECT to_char(now() AT TIME ZONE 'UTC' + '1s', 'YYYY-MM-DD HH24:MI:SS')");
            database.execute("SELECT pg_sleep(2); UPDATE t SET v = 'three'");
            ok(run(database, "backup", "pre-restore"));

            var ambiguous = run(database, "restore", "shop", "--yes");
            assertThat(ambiguous.status()).isEqualTo(2);
            assertThat(ambiguous.stderr()).contains("shop_red").contains("shop_blue");
            var unknown = run(database, "restore", "shop_rad", "--yes");
            assertThat(unknown.stderr()).contains("did you mean shop_red?");

            assertThat(restored(database, "red")).isEqualTo("one");
            assertThat(restored(database, "latest")).isEqualTo("two");
            assertThat(restored(database, "--at", between)).isEqualTo("two");
            assertThat(restored(database, "--at", between + "+00:00")).isEqualTo("two");
        }
    }

    @Test
    void on_a_terminal_a_menu_offers_the_backups_and_only_yes_goes_on() {
        try (var database = database("one")) {
            ok(run(database, "backup", "--name", "first"));
            database.execute("UPDATE t SET v = 'two'");
            try (var running = process(database, "restore").onTerminal().start()) {
                running.waitFor("q to quit");
                running.type("9\n1\n");
                running.waitFor("yes");
                running.type("no\n");
                assertThat(running.end().status()).isEqualTo(4);
            }
            assertThat(database.ask("SELECT v FROM t")).isEqualTo("two");
            try (var running = process(database, "restore").onTerminal().start()) {
                running.waitFor("q to quit");
                running.type("1\n");
                running.waitFor("yes");
                running.type("yes\n");
                ok(running.end());
            }
            assertThat(database.ask("SELECT v FROM t")).isEqualTo("one");
            try (var running = process(database, "restore").onTerminal().start()) {
                running.waitFor("q to quit");
                running.type("q\n");
                assertThat(running.end().status()).isEqualTo(4);
            }
        }
    }

    @Test
    void without_a_terminal_and_without_yes_nothing_is_touched() {
        try (var database = database("one")) {
            ok(run(database, "backup"));
            database.execute("UPDATE t SET v = 'two'");
            assertThat(run(database, "restore", "latest").status()).isEqualTo(4);
            assertThat(run(database, "restore").status()).isEqualTo(2);
            assertThat(database.ask("SELECT v FROM t")).isEqualTo("two");
        }
    }

    @Test
    void the_command_after_a_restore_gets_the_connection() throws IOException {
        Files.writeString(folder.resolve("pgkeep.toml"), """
                [commands]
                after-restore = "psql -Xqc \\"INSERT INTO t SELECT 'after ' || current_database()\\""
                """);
        try (var database = database("one")) {
            ok(run(database, "backup"));
            ok(run(database, "restore", "latest", "--yes"));
            assertThat(database.column("SELECT v FROM t ORDER BY v"))
                    .containsExactly("after " + database.name(), "one");
        }
    }

    @Test
    void a_test_database_takes_all_restores_and_proofs_and_is_named() {
        try (var database = database("one");
                var test = server.database("testing")) {
            ok(run(database, "backup"));
            database.execute("UPDATE t SET v = 'two'");
            var pgkeep = InProcessPgkeep.on(database, folder).env("TEST_DATABASE_URL", test.url());
            var restored = pgkeep.run("restore", "latest", "--yes");
            ok(restored);
            assertThat(restored.output()).contains("TEST_DATABASE_URL").contains(test.name());
            assertThat(test.ask("SELECT v FROM t")).isEqualTo("one");
            assertThat(database.ask("SELECT v FROM t")).isEqualTo("two");

            var proven = pgkeep.run("verify", "latest", "--restore");
            ok(proven);
            assertThat(proven.output()).contains("TEST_DATABASE_URL");
        }
    }

    private String restored(TestDatabase database, String... which) {
        List<String> words = new ArrayList<>(List.of("restore"));
        words.addAll(List.of(which));
        words.add("--yes");
        ok(run(database, words.toArray(String[]::new)));
        return database.ask("SELECT v FROM t");
    }

    private String history() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(
                            each -> Objects.requireNonNull(each.getParent()).endsWith("runs"))
                    .toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private TestDatabase database(String value) {
        var database = server.database("cli");
        database.execute("CREATE TABLE t (v text); INSERT INTO t VALUES ('" + value + "')");
        return database;
    }

    private PgkeepProcess process(TestDatabase database, String... words) {
        return InProcessPgkeep.on(database, folder).process(words);
    }

    private Finished run(TestDatabase database, String... words) {
        return InProcessPgkeep.on(database, folder).run(words);
    }

    private static void ok(Finished finished) {
        assertThat(finished.status()).as(finished.output()).isZero();
    }
}
