package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustCommandTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Path ran;
    private Path settings;
    private String printed = "";
    private final Map<String, String> environment = new HashMap<>();

    /** A folder of client programs that leave a trace when they are started. */
    @BeforeEach
    void lay() throws IOException {
        folder = Files.createDirectories(temporary.resolve("project/below"));
        ran = temporary.resolve("ran");
        Path bin = Files.createDirectory(temporary.resolve("project/bin"));
        for (String name : List.of("pg_dump", "pg_restore", "psql", "pg_dumpall")) {
            Path program = Files.writeString(
                    bin.resolve(name), "#!/bin/sh\ntouch '" + ran + "'\necho \"" + name + " (PostgreSQL) 17.2\"\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        settings = Files.writeString(
                temporary.resolve("project/pgkeep.toml"), "client-tools = \"bin\"\n[commands]\nseed = \"make seed\"\n");
    }

    @Test
    void client_programs_that_a_file_names_are_not_started_until_they_are_allowed() {
        assertThat(pgkeep("version")).isEqualTo(ExitStatus.REFUSED);
        assertThat(printed).contains("client-tools in ../pgkeep.toml line 1", "pgkeep trust " + settings);
        assertThat(ran).doesNotExist();
        assertThat(pgkeep("list")).as(printed).isEqualTo(ExitStatus.DONE);
        assertThat(pgkeep("trust", "--dry-run")).isEqualTo(ExitStatus.DONE);
        assertThat(printed).contains("client-tools = bin", "commands.seed = make seed");
        assertThat(pgkeep("version")).isEqualTo(ExitStatus.REFUSED);
        assertThat(pgkeep("trust")).isEqualTo(ExitStatus.DONE);
        assertThat(ran).doesNotExist();
        assertThat(pgkeep("version")).as(printed).isEqualTo(ExitStatus.DONE);
        assertThat(ran).exists();
    }

    @Test
    void sql_that_is_more_than_a_query_is_like_a_program() throws IOException {
        for (String query : List.of("SELECT 1", " with a as (select 1) select * from a;", "SHOW server_version")) {
            Files.writeString(settings, "migrations-query = \"" + query + "\"");
            pgkeep("trust", "--dry-run");
            assertThat(printed).as(query).contains("names no programs");
        }
        for (String more : List.of("COPY (SELECT 1) TO PROGRAM 'make'", "SELECT 1; DO 'x'", "/**/ COPY t FROM 'f'")) {
            Files.writeString(settings, "smoke = [\"SELECT 1\", \"" + more + "\"]");
            pgkeep("trust", "--dry-run");
            assertThat(printed).as(more).contains("smoke = SELECT 1," + more);
        }
    }

    @Test
    void a_variable_of_a_file_is_like_a_key_and_one_of_the_process_needs_no_trust() throws IOException {
        Files.delete(settings);
        Path file = Files.writeString(
                folder.resolve(".env"), "PGKEEP_TRUST=all\nPGKEEP_CLIENT_TOOLS=" + temporary.resolve("project/bin"));
        assertThat(pgkeep("version")).as(printed).isEqualTo(ExitStatus.REFUSED);
        assertThat(printed).contains("PGKEEP_CLIENT_TOOLS in .env");
        assertThat(ran).doesNotExist();
        Files.delete(file);
        environment.put("PGKEEP_CLIENT_TOOLS", temporary.resolve("project/bin").toString());
        assertThat(pgkeep("version")).as(printed).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void a_file_of_somebody_else_above_is_not_read_at_all() throws IOException {
        assumeTrue((Integer) Files.getAttribute(settings, "unix:uid") == 0, "only root gives files away");
        Files.setAttribute(settings, "unix:uid", 12_345);
        assertThat(pgkeep("list")).isEqualTo(ExitStatus.REFUSED);
        assertThat(printed).contains(settings + " belongs to", "PGKEEP_TRUST=" + settings, "[config.untrusted]");
        environment.put("PGKEEP_TRUST", temporary.toString());
        assertThat(pgkeep("version")).as(printed).isEqualTo(ExitStatus.DONE);
        environment.clear();
        assertThat(pgkeep("trust", settings.toString())).as(printed).isEqualTo(ExitStatus.DONE);
        assertThat(printed).contains("which belongs to");
        assertThat(pgkeep("version")).as(printed).isEqualTo(ExitStatus.DONE);
        Files.writeString(settings, "jobs = 2");
        assertThat(pgkeep("list")).isEqualTo(ExitStatus.REFUSED);
    }

    @Test
    void a_file_of_variables_and_one_of_masks_that_everybody_may_write_are_refused_too() throws IOException {
        Path masks = Files.writeString(folder.resolve("mask.toml"), "");
        Path variables = Files.writeString(folder.resolve(".env"), "");
        Files.writeString(settings, "refresh.mask = \"below/mask.toml\"");
        for (Path file : List.of(masks, variables)) {
            assertThat(pgkeep("list")).as(printed).isEqualTo(ExitStatus.DONE);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(pgkeep("list")).isEqualTo(ExitStatus.REFUSED);
            assertThat(printed).contains(file + " can be written by everybody");
            assertThat(pgkeep("trust")).as(printed).isEqualTo(ExitStatus.DONE);
        }
        assertThat(pgkeep("list")).as(printed).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void what_is_allowed_is_listed_and_taken_back() {
        pgkeep("trust", "--json");
        assertThat(printed)
                .contains("\"path\": \"" + settings, "\"key\": \"client-tools\"", "\"value\": \"make seed\"");
        pgkeep("trust", "--list");
        assertThat(printed).contains(settings.toString(), "client-tools, commands.seed");
        assertThat(pgkeep("trust", "--revoke")).isEqualTo(ExitStatus.DONE);
        assertThat(printed).contains("Taken back: " + settings);
        pgkeep("trust", "--list");
        assertThat(printed).contains("Nothing is allowed");
        assertThat(pgkeep("version")).isEqualTo(ExitStatus.REFUSED);
        assertThat(pgkeep("trust", "--list", "--revoke")).isEqualTo(ExitStatus.USAGE);
        assertThat(pgkeep("trust", "nowhere.toml")).isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void a_variable_that_is_missing_here_does_not_keep_anybody_from_trusting() throws IOException {
        Files.writeString(settings, "url = \"${NOT_SET}\"\ncommands.migrate = \"make\"\n");
        assertThat(pgkeep("trust")).isEqualTo(ExitStatus.DONE);
        assertThat(printed).contains("commands.migrate = make");
    }

    @Test
    void what_init_writes_is_allowed_and_what_was_there_is_not() throws IOException {
        Files.writeString(folder.resolve("package.json"), "{\"prisma\": {\"seed\": \"tsx seed.ts\"}}");
        Files.delete(settings);
        assertThat(pgkeep("init")).as(printed).isEqualTo(ExitStatus.DONE);
        pgkeep("trust", "--list");
        assertThat(printed).contains(folder.resolve("pgkeep.toml").toString(), "commands.seed");
        pgkeep("trust", "--revoke");
        pgkeep("init");
        pgkeep("trust", "--list");
        assertThat(printed).contains("Nothing is allowed");
    }

    @Test
    void on_a_terminal_it_is_asked_once_and_yes_to_everything_is_no_answer() {
        assertThat(answering("n\n", "version", "--yes")).isEqualTo(ExitStatus.REFUSED);
        assertThat(printed).contains("client-tools = bin", "commands.seed = make seed", "nothing was run");
        assertThat(ran).doesNotExist();
        assertThat(answering("", "version")).isEqualTo(ExitStatus.REFUSED);
        assertThat(answering("y\n", "version")).as(printed).isEqualTo(ExitStatus.DONE);
        assertThat(answering("", "version")).as(printed).isEqualTo(ExitStatus.DONE);
        assertThat(printed).doesNotContain("[y/N]");
    }

    private ExitStatus pgkeep(String... words) {
        return run(program(), words);
    }

    private ExitStatus answering(String answer, String... words) {
        return run(program().answering(answer), words);
    }

    private InProcessPgkeep program() {
        return InProcessPgkeep.in(folder).home(temporary.resolve("home")).environment(environment);
    }

    private ExitStatus run(InProcessPgkeep program, String... words) {
        Finished finished = program.run(words);
        printed = finished.output();
        return Stream.of(ExitStatus.values())
                .filter(status -> status.number() == finished.status())
                .findFirst()
                .orElseThrow();
    }
}
