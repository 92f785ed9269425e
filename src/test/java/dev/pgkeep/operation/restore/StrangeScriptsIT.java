package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that other people wrote, with good intentions or bad ones. */
final class StrangeScriptsIT {
    @TempDir
    private Path folder;

    private final TestServer server = PostgresServers.any();

    @Test
    void no_script_runs_a_command_on_this_machine() throws Exception {
        Path trace = folder.resolve("trace");
        String run = "\\! touch " + trace;
        String table = "CREATE TABLE t (a text);\n";
        String comment = "/* " + "x".repeat(1_100_000) + " */";
        Map<String, byte[]> scripts = new LinkedHashMap<>();
        scripts.put("behind a copy", utf8(table + "COPY t FROM stdin; " + run + "\n1\n\\.\n"));
        scripts.put("rows that are no rows", utf8(table + "COPY t FROM stdout;\n" + run + "\n\\.\n" + run + "\n"));
        scripts.put("comments", utf8(table + "COPY t /* ; */ FROM -- ;\n stdin;\n" + run + "\n\\.\n" + run + "\n"));
        scripts.put("a spelled name", utf8(table + "COPY U&\"\\0074\" FROM stdin;\n" + run + "\n\\.\n" + run + "\n"));
        scripts.put("a long head", utf8(table + "COPY t " + comment + " FROM stdin;\n" + run + "\n\\.\n" + run + "\n"));
        scripts.put("a carriage return", utf8("SELECT 1 -- ' \r;\n" + run + "\n--'\n"));
        for (String off : List.of(
                "SET standard_conforming_strings = off;",
                "SELECT set_config('standard_conforming_' || 'strings', 'off', false);",
                "DO $$BEGIN SET standard_conforming_strings = off; END$$;")) {
            scripts.put(off, utf8(off + "\nSELECT '\\' ';\n" + run + "\nSELECT 1; --'\n;\n"));
        }
        scripts.put(
                "SJIS",
                "SET NAMES 'SJIS';\nSELECT E'\u8868';\n\\! touch %s\nSELECT '';\n"
                        .formatted(trace)
                        .getBytes(Charset.forName("windows-31j")));
        scripts.put(
                "BIG5",
                "SET NAMES 'BIG5';\nSELECT E'\u529f';\n\\! touch %s\nSELECT '';\n"
                        .formatted(trace)
                        .getBytes(Charset.forName("Big5")));
        scripts.put(
                "GBK",
                "SET client_encoding TO GBK;\nSELECT E'\u8a98';\n\\! touch %s\nSELECT '';\n"
                        .formatted(trace)
                        .getBytes(Charset.forName("GBK")));
        try (var database = server.database()) {
            for (var each : scripts.entrySet()) {
                try {
                    restored(database, each.getValue());
                } catch (PgkeepException e) {
                    assertThat(e.code()).as(each.getKey()).isIn(ErrorCode.SCRIPT_REFUSED, ErrorCode.RESTORE_FAILED);
                }
                assertThat(trace).as(each.getKey()).doesNotExist();
            }
        }
    }

    @Test
    void a_program_on_the_server_is_refused_however_it_is_written() throws Exception {
        Path trace = folder.resolve("trace");
        String program = " PROGRAM 'touch " + trace + "';\n";
        try (var database = server.database()) {
            for (String copy : List.of(
                    "COPY (SELECT '--') TO" + program,
                    "COPY (SELECT 1 AS \"--\") TO" + program,
                    "COPY (SELECT /* /* */ */ 1) TO" + program,
                    "COPY (SELECT '/*') TO" + program,
                    "COPY /* " + "x".repeat(1_100_000) + " */ (SELECT 1) TO" + program,
                    "copy pg_am from program $a$touch " + trace + "$a$;\n",
                    "COPY (SELECT 1) TO PROGRAM E'touch " + trace + "';\n")) {
                assertThatThrownBy(() -> restored(database, utf8("SELECT 1;\n" + copy)))
                        .isInstanceOfSatisfying(PgkeepException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.SCRIPT_REFUSED);
                            assertThat(e.getMessage()).contains("line 2");
                        });
            }
            assertThat(trace).doesNotExist();
        }
    }

    @Test
    void a_role_is_not_escaped_from() throws Exception {
        Path trace = folder.resolve("trace");
        String role = server.uniqueName("owner");
        server.execute("CREATE ROLE " + role);
        String script = """
                CREATE TABLE t (who text DEFAULT current_user, session text DEFAULT session_user);
                RESET ROLE;
                SET SESSION AUTHORIZATION DEFAULT;
                RESET ALL;
                INSERT INTO t DEFAULT VALUES;
                DO $f$
                DECLARE attack text;
                BEGIN
                    FOREACH attack IN ARRAY ARRAY[
                        'SET ROLE postgres', 'SET SESSION AUTHORIZATION postgres', 'ALTER ROLE %1$s SUPERUSER',
                        $q$SELECT set_config('role', 'postgres', false)$q$, 'CREATE ROLE more SUPERUSER',
                        $q$COPY t FROM PROGRAM 'touch %2$s; echo a'$q$, $q$COPY t TO '%2$s'$q$,
                        $q$SELECT lo_export(lo_create(0), '%2$s')$q$, 'CREATE TABLE pg_catalog.x (a int)',
                        'DROP DATABASE postgres', 'ALTER SYSTEM SET work_mem = 1000']
                    LOOP
                        BEGIN
                            EXECUTE 'RESET ROLE';
                            EXECUTE attack;
                            RAISE EXCEPTION USING ERRCODE = 'P0001', MESSAGE = 'done: ' || attack;
                        EXCEPTION WHEN insufficient_privilege OR active_sql_transaction OR invalid_parameter_value THEN
                            NULL;
                        END;
                    END LOOP;
                    EXECUTE format('ALTER DATABASE %%I SET search_path = evil, pg_catalog', current_database());
                END $f$;
                SET ROLE NONE;
                CREATE TABLE left_over (a int);
                """.formatted(role, trace);
        try (var database = server.databaseToBe(server.uniqueName("strange"))) {
            Path file = Files.writeString(folder.resolve("strange.sql"), script);
            var bench = Workbench.of(folder, database);
            RestoreOutcome outcome = bench.restore(
                    file,
                    new Wish(Wish.to(database.target()).createDb().request().as(Optional.of(role))));
            assertThat(trace).doesNotExist();
            assertThat(database.ask("SELECT who FROM t")).isEqualTo(role);
            assertThat(database.ask("SELECT session FROM t")).startsWith("pgkeep_load_");
            assertThat(database.column("SELECT DISTINCT tableowner::text FROM pg_tables WHERE schemaname = 'public'"))
                    .containsExactly(role);
            assertThat(database.column("SHOW search_path").getFirst()).doesNotContain("evil");
            assertThat(outcome.notes()).anyMatch(note -> note.contains("search_path"));
            assertThat(server.ask("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'pgkeep\\_load\\_%'"))
                    .isEqualTo("0");

            // An archive goes the same way.
            Path archive = dump(database, "strange.dump", "-Fc");
            bench.restore(
                    archive,
                    new Wish(Wish.to(database.target()).dropExisting().request().as(Optional.of(role))));
            assertThat(database.column("SELECT DISTINCT tableowner::text FROM pg_tables WHERE schemaname = 'public'"))
                    .containsExactly(role);
        }
    }

    @Test
    void settings_are_as_before_a_script_that_acted_as_a_role() throws Exception {
        String role = server.uniqueName("owner");
        server.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'before'");
        server.execute("ALTER ROLE " + role + " SET work_mem = '2MB'");
        try (var database = server.database()) {
            String name = database.name();
            server.execute("ALTER DATABASE " + name + " OWNER TO " + role);
            server.execute("ALTER DATABASE " + name + " SET search_path = \"$user\", public, \"Odd, one\"");
            server.execute("ALTER DATABASE " + name + " SET work_mem = '3MB'");
            server.execute("ALTER ROLE " + role + " IN DATABASE " + name + " SET work_mem = '4MB'");
            String settings = "SELECT string_agg(concat_ws(' ', setrole, setdatabase <> 0, c), ' '"
                    + " ORDER BY setrole, setdatabase <> 0, c)"
                    + " FROM pg_db_role_setting, unnest(setconfig) c WHERE setrole = '" + role + "'::regrole"
                    + " OR setdatabase = (SELECT oid FROM pg_database WHERE datname = '" + name + "')";
            String before = server.ask(settings);
            Path file = Files.writeString(folder.resolve("settings.sql"), """
                    CREATE TABLE public.t (a int);
                    DO $do$ BEGIN
                    EXECUTE format('ALTER DATABASE %%I SET search_path = evil', current_database());
                    EXECUTE format('ALTER DATABASE %%I RESET work_mem', current_database());
                    EXECUTE format('ALTER DATABASE %%I SET maintenance_work_mem = 9999', current_database());
                    EXECUTE format('ALTER DATABASE %%I CONNECTION LIMIT 1', current_database());
                    EXECUTE format('GRANT ALL ON DATABASE %%I TO PUBLIC', current_database());
                    EXECUTE format('ALTER ROLE %1$s IN DATABASE %%I RESET ALL', current_database());
                    END $do$;
                    ALTER ROLE %1$s SET work_mem = '9MB';
                    ALTER ROLE %1$s PASSWORD 'after';
                    """.formatted(role));
            RestoreOutcome outcome = Workbench.of(folder, database)
                    .restore(
                            file,
                            new Wish(Wish.of(database.target())
                                    .noSafetyBackup()
                                    .request()
                                    .as(Optional.of(role))));
            assertThat(server.ask(settings)).isEqualTo(before);
            assertThat(server.ask("SELECT datconnlimit FROM pg_database WHERE datname = '" + name + "'"))
                    .isEqualTo("-1");
            assertThat(String.join("\n", outcome.notes()))
                    .contains(
                            "search_path",
                            "maintenance_work_mem",
                            "connection limit",
                            "rights on the database",
                            "password");
        } finally {
            server.execute("DROP ROLE IF EXISTS " + role);
        }
    }

    @Test
    void a_role_that_would_protect_nothing_is_refused() throws Exception {
        String program = server.uniqueName("program");
        String stranger = server.uniqueName("stranger");
        server.execute("CREATE ROLE " + program + " IN ROLE pg_execute_server_program");
        server.execute("CREATE ROLE " + stranger);
        try (var database = server.database()) {
            for (var each : Map.of(
                            program,
                            "protect nothing",
                            stranger,
                            "does not belong to",
                            "nobody_at_all",
                            "does not have the role",
                            database.target().user(),
                            "protect nothing")
                    .entrySet()) {
                Path file = Files.writeString(folder.resolve("a.sql"), "CREATE TABLE t (a int);");
                assertThatThrownBy(() -> Workbench.of(folder, database)
                                .restore(
                                        file,
                                        new Wish(Wish.of(database.target())
                                                .request()
                                                .as(Optional.of(each.getKey())))))
                        .hasMessageContaining(each.getValue());
            }
        }
    }

    @Test
    void a_failure_names_file_line_statement_and_cure() throws Exception {
        try (var database = server.database()) {
            assertThatThrownBy(() -> restored(
                            database,
                            utf8("-- one\nCREATE TABLE t (\n    id uuid\n        DEFAULT not_there_yet()\n);\n")))
                    .isInstanceOfSatisfying(PgkeepException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
                        assertThat(e.getMessage())
                                .contains("script.sql, line 4", "not_there_yet", "CREATE TABLE t ( id uuid");
                    });
            assertThatThrownBy(
                            () -> restored(database, utf8("CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\nx\n\\.\n")))
                    .hasMessageContaining("script.sql, line 4")
                    .hasMessageContaining("COPY t FROM stdin");
            assertThatThrownBy(() -> restored(database, utf8("CREATE ROLE x PASSWORD 'geheim' NOSUCHWORD;\n")))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("geheim"));
            assertThatThrownBy(() -> restored(database, utf8("CREATE TABLE `t` (a int);\n")))
                    .isInstanceOfSatisfying(
                            PgkeepException.class, e -> assertThat(e.hint()).contains("MySQL"));
            assertThatThrownBy(() ->
                            restored(database, new byte[] {'S', 'E', 'L', 'E', 'C', 'T', ' ', '\'', -28, '\'', ';'}))
                    .isInstanceOfSatisfying(
                            PgkeepException.class, e -> assertThat(e.hint()).contains("encoding"));
        }
    }

    @Test
    void a_script_without_its_commit_changes_nothing_and_is_no_success() throws Exception {
        String script = "BEGIN;\nCREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n\\.\n";
        try (var database = server.database()) {
            database.execute("CREATE TABLE kept (a int)");
            assertThatThrownBy(() -> restored(database, utf8(script)))
                    .isInstanceOfSatisfying(PgkeepException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
                        assertThat(e.getMessage()).contains("script.sql", "COMMIT is missing");
                    });
            assertThat(database.ask("SELECT count(*) FROM kept")).isEqualTo("0");
            restored(database, utf8(script + "COMMIT;\n"));
            assertThat(database.ask("SELECT count(*) FROM t")).isEqualTo("1");
            // What a statement is stands at its beginning; here only the server knows.
            String back = "SAVEPOINT a;\nROLLBACK /* " + "x".repeat(400) + " */ TO SAVEPOINT a;\n";
            assertThatThrownBy(() -> restored(database, utf8(script + back)))
                    .isInstanceOfSatisfying(PgkeepException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
                        assertThat(e.getMessage()).contains("script.sql", "COMMIT is missing");
                    });
        }
    }

    @Test
    void a_script_means_the_dates_of_role_and_database_whatever_their_form() throws Exception {
        String role = server.uniqueName("german");
        server.execute("CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD '"
                + server.cluster().password() + "'");
        server.execute("ALTER ROLE " + role + " SET DateStyle = 'German'");
        Path file = Files.writeString(
                folder.resolve("dates.sql"),
                "CREATE TABLE public.t (d date, t text);\nINSERT INTO public.t VALUES ('02.01.2020', current_date);\n"
                        + "COPY public.t FROM stdin;\n03.01.2020\tx\n\\.\n");
        try (var database = server.databaseToBe(server.uniqueName("dates"))) {
            Target usual = database.target();
            Target target = new Target(
                    usual.endpoints(), usual.database(), role, usual.password(), usual.parameters(), usual.origin());
            var bench = Workbench.of(folder, database);
            bench.restore(file, Wish.to(target).createDb());
            bench.restore(file, Wish.of(target).noSafetyBackup());
            assertThat(database.column("SELECT to_char(d, 'YYYY-MM-DD') FROM t ORDER BY d"))
                    .containsExactly("2020-01-02", "2020-01-03");
            assertThat(database.column("SELECT t FROM t")).anyMatch(each -> each.matches("\\d\\d\\.\\d\\d\\.\\d{4}"));
            // Rows alone go the same way.
            bench.restore(file, Wish.of(target).dataOnly().truncate().noSafetyBackup());
            assertThat(database.count("t")).isEqualTo(2);
            server.execute("ALTER ROLE " + role + " RESET DateStyle");
            server.execute("ALTER DATABASE " + database.name() + " SET DateStyle = 'SQL, DMY'");
            bench.restore(file, Wish.of(target).noSafetyBackup());
            assertThat(database.count("t")).isEqualTo(2);
        } finally {
            server.execute("DROP ROLE IF EXISTS " + role);
        }
    }

    @Test
    void rows_of_inserts_are_compared_or_told() throws Exception {
        try (var database = server.database()) {
            RestoreOutcome outcome = restored(database, utf8("""
                    \ufeffCREATE TABLE t (a int); CREATE TABLE u (a int PRIMARY KEY);
                    INSERT INTO t VALUES (1), (2); INSERT INTO public.t VALUES (3);
                    INSERT INTO u VALUES (1), (1) ON CONFLICT DO NOTHING;
                    """));
            assertThat(outcome.comparison().rows()).isEqualTo(3);
            assertThat(outcome.comparison().uncompared()).containsExactly(Map.entry(new TableName("public", "u"), 1L));
        }
    }

    @Test
    void a_statement_of_any_length_is_sent() throws Exception {
        String value = "it''s; ".repeat(400_000);
        try (var database = server.database()) {
            restored(database, utf8("CREATE TABLE t (a text);\nINSERT INTO t VALUES ('" + value + "');\nSELECT 1;\n"));
            assertThat(database.ask("SELECT length(a) FROM t")).isEqualTo("2400000");
        }
    }

    @LongForm
    @Test
    void scripts_in_encodings_of_east_asia_come_back() throws Exception {
        String name = server.uniqueName("japan");
        server.execute("CREATE DATABASE " + name + " ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        try (var database = server.databaseToBe(name)) {
            String values = "\u8868\u5341\u30bd";
            database.execute("CREATE TABLE \"" + values + "\" (a text); INSERT INTO \"" + values + "\" VALUES ('"
                    + values + "'); COMMENT ON TABLE \"" + values + "\" IS 'it''s " + values + "'");
            var before = State.of(database);
            for (String options : List.of("-E SJIS", "-E SJIS --inserts", "-E EUC_JP --column-inserts", "-E UTF8")) {
                Path file = dump(database, "japan.sql", ("-Fp " + options).split(" "));
                database.execute("DROP TABLE \"" + values + "\"");
                Workbench.of(folder, database).restore(file);
                State.of(database).assertSameAs(before);
            }
            Path file = dump(database, "off.sql", "-Fp", "--inserts");
            Files.writeString(
                    file,
                    Files.readString(file, Charset.forName("EUC-JP"))
                            .replace("standard_conforming_strings = on", "standard_conforming_strings = off"),
                    Charset.forName("EUC-JP"));
            Workbench.of(folder, database).restore(file);
            State.of(database).assertSameAs(before);
        }
    }

    private RestoreOutcome restored(TestDatabase database, byte[] script) throws IOException {
        Path file = Files.write(folder.resolve("script.sql"), script);
        return Workbench.of(folder, database)
                .restore(file, Wish.of(database.target()).noSafetyBackup());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path dump(TestDatabase database, String name, String... options) {
        Path file = folder.resolve(name);
        var tools = PostgresClients.tools().sets().getFirst();
        assumeTrue(tools.version().major() >= server.major(), "no pg_dump for this server");
        var cluster = database.server().cluster();
        List<String> command = new ArrayList<>(List.of("env", "PGPASSWORD=" + cluster.password()));
        command.addAll(tools.command(Tool.PG_DUMP, options));
        command.addAll(List.of(
                "--file=" + file,
                "--host=" + cluster.host(),
                "--port=" + cluster.port(),
                "--username=" + cluster.superuser(),
                database.name()));
        var done = Commands.run(command);
        assertThat(done.status()).as(done.output()).isZero();
        return file;
    }
}
