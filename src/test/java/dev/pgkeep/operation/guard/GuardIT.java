package dev.pgkeep.operation.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.guard.Project.State;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds whatever the command is. */
final class GuardIT {
    private static final String HARM =
            "psql -X -q -c 'delete from orders where id > 500' -c 'drop table customers cascade'";

    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void open() {
        project = new Project(folder, PostgresServers.any().database("shop"));
        project.database().execute(Project.SHOP);
    }

    @AfterEach
    void close() {
        project.close();
    }

    @Test
    void a_command_is_guarded_and_what_it_did_can_be_undone() {
        State before = project.state();

        Finished guard = project.pgkeep("guard", "--post-backup", HARM);

        assertThat(guard.status()).as(guard.output()).isZero();
        assertThat(guard.stdout())
                .contains("Guarded run on", "1 table and 1 constraint removed", "pgkeep undo")
                .containsPattern("- +table +public\\.customers")
                .containsPattern("public\\.orders +1,000 +500 +-500")
                .containsPattern("public\\.customers +500 +0 +-500");
        assertThat(project.backups().stream()
                        .map(backup -> backup.kind().orElseThrow().word()))
                .containsExactly("post-command", "pre-command");
        Finished undo = project.pgkeep("undo", "--yes");
        assertThat(undo.status()).as(undo.output()).isZero();
        project.isAsIn(before);
    }

    @Test
    void a_failing_check_is_a_failure_and_goes_back_when_told() throws IOException {
        State before = project.state();
        Files.writeString(folder.resolve("pgkeep.toml"), """
                [commands]
                check = "psql -X -v ON_ERROR_STOP=1 -c 'select * from customers'"
                """);

        Finished guard = project.pgkeep("guard", "--rollback-on-failure", "--json", HARM);

        assertThat(guard.status()).as(guard.output()).isEqualTo(1);
        assertThat(guard.stdout().replaceAll("\\s+", " "))
                .contains("\"outcome\": \"command.failed\"", "\"proven\": true", "\"status\": 0", "the check failed");
        assertThat(guard.stderr()).contains("relation \"customers\" does not exist");
        project.isAsIn(before);

        // The rollback itself can be taken back: what the command left was kept.
        Finished undo = project.pgkeep("undo", "--yes");
        assertThat(undo.status()).as(undo.output()).isZero();
        assertThat(project.database().count("orders")).isEqualTo(500);
        Finished without = project.pgkeep("guard", "--no-check", "true");
        assertThat(without.status()).as(without.output()).isZero();
    }

    @Test
    void a_run_that_is_killed_leaves_no_process_behind_and_undo_finds_the_way_back() {
        State before = project.state();
        try (var running = project.process(
                        "guard",
                        HARM + " && touch half && psql -X -d "
                                + project.database().name() + " -c 'select pg_sleep(600)'")
                .start()) {
            running.waitUntil(() -> Files.exists(folder.resolve("half")), "the harm is done");
            running.kill();
            running.end();
        }
        assertThat(project.lastRun("guard").outcome()).isEqualTo(Run.RUNNING);
        commandIsGone();

        Finished undo = project.pgkeep("undo", "--yes");

        assertThat(undo.status()).as(undo.output()).isZero();
        assertThat(undo.stdout()).contains("The last thing that changed ", "guard, ", "it was killed before it ended");
        project.isAsIn(before);
    }

    @Test
    void ctrl_c_ends_the_command_and_says_how_to_go_back() {
        try (var running = project.process(
                        "guard",
                        "--rollback-on-failure",
                        HARM + " && touch half && psql -X -d "
                                + project.database().name() + " -c 'select pg_sleep(600)'")
                .start()) {
            running.waitUntil(() -> Files.exists(folder.resolve("half")), "the harm is done");
            running.interrupt();
            Finished guard = running.end();
            assertThat(guard.status()).as(guard.output()).isEqualTo(130);
            assertThat(guard.stderr()).contains("interrupted", "pgkeep undo");
        }
        sleepersAreGone();
        assertThat(project.lastRun("guard").outcome()).isEqualTo("interrupted");
        Finished undo = project.pgkeep("undo", "--yes");
        assertThat(undo.status()).as(undo.output()).isZero();
    }

    /** There the command gets the key too, and ends of it by itself. */
    @LongForm
    @Test
    void ctrl_c_on_a_terminal_is_an_interruption_and_no_failure_of_the_command() {
        try (var running = project.process("guard", "touch half && exec sleep 600")
                .onTerminal()
                .start()) {
            running.waitUntil(() -> Files.exists(folder.resolve("half")), "the command runs");
            running.interrupt();
            Finished guard = running.end();
            assertThat(guard.status()).as(guard.output()).isEqualTo(130);
            assertThat(guard.output())
                    .contains("[interrupted]", "is as the command left it", "pgkeep undo")
                    .doesNotContain("could not be seen", "command.failed");
        }
        assertThat(project.lastRun("guard").outcome()).isEqualTo("interrupted");
    }

    @Test
    void two_at_once_take_turns_or_refuse_and_name_the_other() {
        try (var first = project.process("migrate", "touch begun; while [ ! -e go ]; do sleep 0.1; done")
                .start()) {
            first.waitUntil(() -> Files.exists(folder.resolve("begun")), "the first one runs");

            Finished refused = project.pgkeep("migrate", "--no-wait", "true");
            assertThat(refused.status()).as(refused.output()).isEqualTo(1);
            assertThat(refused.stderr()).contains("pgkeep migrate on ", "process " + first.pid(), "[lock.busy]");
            Finished restore = project.pgkeep("restore", "latest", "--yes");
            assertThat(restore.status()).as(restore.output()).isEqualTo(1);
            assertThat(restore.stderr()).contains("pgkeep migrate on ");

            try (var second = project.process("migrate", "touch second").start()) {
                second.waitFor("Waiting for pgkeep migrate on ");
                assertThat(folder.resolve("second")).doesNotExist();
                touch("go");
                assertThat(first.end().status()).isZero();
                assertThat(second.end().status()).isZero();
                assertThat(folder.resolve("second")).exists();
            }
        }
    }

    @Test
    void a_rollback_that_is_killed_is_finished_by_undo() {
        State before = project.state();
        try (var running = project.process("guard", "--rollback-on-failure", HARM + "; exit 1")
                .start()) {
            running.waitFor("Dropping the old");
            running.kill();
            running.end();
        }
        Finished undo = project.pgkeep("undo", "--yes");
        assertThat(undo.status()).as(undo.output()).isZero();
        project.isAsIn(before);
    }

    @Test
    void a_safety_backup_that_was_damaged_meanwhile_leaves_the_database_alone() {
        Finished guard = project.pgkeep(
                "guard", "--rollback-on-failure", HARM + "; find backups/packs -type f | xargs rm; exit 1");
        assertThat(guard.status()).as(guard.output()).isEqualTo(1);
        assertThat(guard.stderr()).contains("ended with status 1; going back failed: ");
        assertThat(project.database().count("orders")).isEqualTo(500);
    }

    @Test
    void connections_of_pgkeep_that_are_cut_meanwhile_do_not_stop_it() {
        State before = project.state();
        String cut = "psql -X -q -d postgres -c \"select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name like 'pgkeep guard %'\" && exit 1";
        Finished guard = project.pgkeep("guard", "--rollback-on-failure", HARM + " && " + cut);
        assertThat(guard.status()).as(guard.output()).isEqualTo(1);
        assertThat(guard.stdout()).contains("yes, proven");
        project.isAsIn(before);
    }

    @LongForm
    @Test
    void a_role_that_may_create_no_database_goes_back_too() {
        String database = project.database().name();
        String role = database + "_app";
        project.database().execute("""
                        create role %1$s login password 'app';
                        alter database %2$s owner to %1$s;
                        alter schema public owner to %1$s;
                        alter table customers owner to %1$s;
                        alter table orders owner to %1$s;
                        alter view notes owner to %1$s
                        """.formatted(role, database));
        State before = project.state();
        String url = project.database().url().replaceFirst("//[^@]*@", "//" + role + ":app@");
        Finished guard = project.pgkeep("guard", "--rollback-on-failure", "--url", url, HARM + "; exit 5");
        assertThat(guard.status()).as(guard.output()).isEqualTo(1);
        assertThat(guard.stdout()).as(guard.output()).contains("yes, proven");
        project.isAsIn(before);
    }

    @Test
    void nothing_runs_without_its_safety_backup() throws IOException {
        Files.createDirectory(folder.resolve("backups"));
        Files.writeString(folder.resolve("backups/work"), "in the way");

        Finished guard = project.pgkeep("guard", "touch ran");

        assertThat(guard.status()).as(guard.output()).isEqualTo(4);
        assertThat(guard.stderr()).contains("the safety backup failed, so nothing was run");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void a_protected_database_wants_its_name_typed() throws IOException {
        Files.writeString(folder.resolve("pgkeep.toml"), "protected = true\n");
        Finished refused = project.pgkeep("guard", "--yes", "touch ran");
        assertThat(refused.status()).isEqualTo(4);
        assertThat(refused.stderr()).contains("is protected");
        assertThat(folder.resolve("ran")).doesNotExist();
        Finished allowed = project.pgkeep("guard", "--allow-protected", "touch ran");
        assertThat(allowed.status()).as(allowed.output()).isZero();
        assertThat(folder.resolve("ran")).exists();
    }

    @Test
    void the_command_finds_the_database_in_its_environment_and_its_password_goes_nowhere_else() throws IOException {
        Finished guard = project.pgkeep(
                "guard",
                "env | grep -E '^(DATABASE_URL|DIRECT_URL|PG|JDBC_DATABASE|FLYWAY)' > env.txt;"
                        + " psql -X -d \"$DATABASE_URL\" -c 'select 1' >&2");
        assertThat(guard.status()).as(guard.output()).isZero();
        String database = project.database().name();
        assertThat(folder.resolve("env.txt"))
                .content()
                .contains(
                        "DATABASE_URL=" + project.database().url(),
                        "DIRECT_URL=" + project.database().url(),
                        "PGDATABASE=" + database,
                        "PGPASSWORD=",
                        "FLYWAY_URL=jdbc:postgresql://127.0.0.1:");
        assertThat(guard.output()).contains("nothing changed in " + database);

        Finished typed =
                project.pgkeep("guard", "psql -X -d " + project.database().url() + " -c 'select 1'");
        assertThat(typed.status()).as(typed.output()).isZero();
        String password = project.database().server().cluster().password();
        assertThat(guard.output() + typed.output()).doesNotContain(password);
        try (var files = Files.walk(folder.resolve("backups"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                assertThat(file).content().doesNotContain(password);
            }
        }
    }

    @Test
    void a_dry_run_and_wrong_usage_do_nothing() {
        Finished dry = project.pgkeep("guard", "--dry-run", "touch ran");
        assertThat(dry.status()).as(dry.output()).isZero();
        assertThat(dry.stdout()).contains("Dry run: nothing was backed up, and nothing was run.");
        assertThat(project.pgkeep("guard").status()).isEqualTo(2);
        Finished missing = project.pgkeep("guard", "--", "no-such-program", "x");
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.stderr()).contains("there is no program no-such-program");
        Finished unknown = project.pgkeep("migrate");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.stderr()).contains("pgkeep migrate -- ");
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(folder.resolve("backups")).doesNotExist();
    }

    private void touch(String file) {
        try {
            Files.createFile(folder.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No process of the command is left a few seconds after its end. */
    private void commandIsGone() {
        String words = "-d " + project.database().name() + " -c select pg_sleep(600)";
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(each -> each.info().commandLine().orElse("").contains(words)));
    }

    /** No session of the command is left at work a few seconds after its end. */
    private void sleepersAreGone() {
        String sleeping = "select count(*) from pg_stat_activity where query like '%pg_sleep(600)%'"
                + " and state = 'active' and pid <> pg_backend_pid() and datname = current_database()";
        org.awaitility.Awaitility.await()
                .until(() -> project.database().ask(sleeping).equals("0"));
    }
}
