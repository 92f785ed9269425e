package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.backup.Filters;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.EverythingDatabase;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PlainRole;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dump files that other tools made, backups of parts, and backups that are large in some way. */
final class DumpFilesIT {
    private static final String SMALL = "CREATE SCHEMA s; CREATE TABLE s.t (id serial PRIMARY KEY, v text);"
            + " INSERT INTO s.t (v) SELECT 'it''s; \\' || i || E'\\n\\\\.' FROM generate_series(1, 20) i;"
            + " CREATE TABLE s.empty (); CREATE TABLE s.other (n int); INSERT INTO s.other VALUES (1), (2);"
            + " CREATE FUNCTION s.f() RETURNS int LANGUAGE plpgsql AS $$BEGIN RETURN 1; END$$;"
            + " CREATE VIEW s.v AS SELECT * FROM s.t; SELECT lo_from_bytea(0, '\\x00ff')";

    @TempDir
    private Path folder;

    private final TestServer server = PostgresServers.any();

    @Forms(
            value = {
                "folder        | -Fd",
                "misnamed.dump | -Fp",
                "inserts.sql   | -Fp --inserts",
                "create.dump   | -Fc --clean --create",
            },
            campaign = {
                "shop.sql      | -Fp",
                "shop.sql.gz   | -Fp -Z gzip",
                "shop.dump     | -Fc",
                "shop.tar      | -Ft",
                "misnamed.sql  | -Fc",
                "misnamed.txt  | -Ft",
                "rows.sql      | -Fp --column-inserts --rows-per-insert=7",
                "create.sql    | -Fp --clean --if-exists --create",
                "quoted.sql    | -Fp --quote-all-identifiers",
            })
    void a_file_of_pg_dump_is_restored_whatever_its_name(String name, String options) throws Exception {
        try (var database = filled(SMALL)) {
            var before = State.of(database);
            Path file = dump(database, newest(), name, options.split(" "));
            var bench = Workbench.of(folder, database);
            database.execute("DROP SCHEMA s CASCADE; CREATE TABLE ruin ()");

            var outcome = bench.restore(file);

            State.of(database).assertSameAs(before);
            assertThat(outcome.comparison().rows()).isEqualTo(22);
        }
    }

    @Forms(value = "zstd", campaign = "gzip")
    void a_file_that_was_compressed_afterwards_is_restored(String program) throws Exception {
        try (var database = filled(SMALL)) {
            var before = State.of(database);
            for (String options : List.of("-Fp", "-Fc", "-Ft")) {
                Path file = dump(database, newest(), "shop" + options, options);
                var done = Commands.run(folder, List.of(program, "-q", "-k", file.toString()));
                assumeTrue(done.status() == 0, program + " is not installed");
                Path packed = Path.of(file + (program.equals("gzip") ? ".gz" : ".zst"));
                database.execute("DROP SCHEMA s CASCADE");
                Workbench.of(folder, database).restore(packed);
                State.of(database).assertSameAs(before);
            }
        }
    }

    @Test
    void a_script_that_connects_elsewhere_stays_in_the_target() throws Exception {
        try (var database = filled(SMALL);
                var elsewhere = server.database("elsewhere")) {
            var before = State.of(database);
            Path file = dump(database, newest(), "plain.sql", "-Fp");
            String script = Files.readString(file);
            Files.writeString(
                    file,
                    "DROP DATABASE IF EXISTS " + database.name() + ";\n\\connect " + elsewhere.name() + "\n" + script
                            + "\\c " + elsewhere.name() + "\nCREATE TABLE public.late ();\n");
            database.execute("DROP SCHEMA s CASCADE");

            var outcome = Workbench.of(folder, database).restore(file);

            assertThat(elsewhere.column("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                    .isEmpty();
            database.execute("DROP TABLE public.late");
            State.of(database).assertSameAs(before);
            assertThat(outcome.notes()).anyMatch(note -> note.contains("\\connect"));
        }
    }

    @Test
    void a_script_that_runs_programs_is_refused_before_anything_happens() throws Exception {
        try (var database = filled(SMALL)) {
            var before = State.of(database);
            Path file = dump(database, newest(), "hostile.sql", "-Fp");
            String script = Files.readString(file);
            Path trace = folder.resolve("trace");
            for (String line : List.of(
                    "\\! touch " + trace,
                    "\\o |touch " + trace,
                    "COPY s.other FROM PROGRAM 'touch " + trace + "';",
                    "SELECT 'touch " + trace + "' \\g |sh")) {
                Files.writeString(file, script + line + "\n");
                assertThatThrownBy(() -> Workbench.of(folder, database).restore(file))
                        .isInstanceOfSatisfying(PgkeepException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.SCRIPT_REFUSED);
                            assertThat(e.getMessage())
                                    .contains(file + ": line " + (script.lines().count() + 1));
                        });
            }
            assertThat(trace).doesNotExist();
            State.of(database).assertSameAs(before);
        }
    }

    @Forms(
            value = {"14|18|17"},
            campaign = {"14|15|15", "18|18|15", "15|18|15", "14|18|14", "15|17|18", "14|15|18", "17|18|15"})
    void a_dump_of_one_version_goes_into_another(int from, int client, int to) throws Exception {
        assumeTrue(PostgresServers.versions().containsAll(List.of(from, to)), "no such servers");
        assumeTrue(PostgresClients.version(client).isPresent(), "no such clients");
        ClientSet tools = PostgresClients.version(client).orElseThrow();
        try (var database = PostgresServers.version(from).database();
                var target = PostgresServers.version(to).database()) {
            database.execute(SMALL);
            var before = State.of(database);
            var bench = Workbench.of(folder, target);
            for (String options : List.of("-Fc", "-Fp", "-Ft")) {
                Path file = dump(database, tools, "version" + options, options);
                bench.restore(file);
                State.of(target).assertSameRowsAs(before);
                if (from == to) {
                    // Versions word the same schema in different ways.
                    State.of(target).assertSameAs(before);
                }
            }
        }
    }

    // --- parts of a database

    @Forms(
            value = {"custom"},
            campaign = {"plain", "directory", "tar"})
    void filtered_backups_hold_and_say_what_was_chosen(String format) throws Exception {
        Format form = Format.of(format).orElseThrow();
        try (var database = filled(SMALL);
                var copy = server.databaseToBe(server.uniqueName("copy"))) {
            database.execute("CREATE SCHEMA more; CREATE TABLE more.t (n int); INSERT INTO more.t VALUES (1)");
            var bench = Workbench.of(folder, database);
            holds(bench, copy, form, filters(List.of("s.t"), 0), "s.t 20");
            holds(bench, copy, form, filters(List.of("s.t", "s.v", "s.empty"), 1), "more.t 1", "s.other 2");
            holds(bench, copy, form, filters(List.of("s.*"), 2), "more.t 1", "s.empty 0", "s.other 0", "s.t 0");
            holds(bench, copy, form, filters(List.of("more"), 3), "more.t 1");
            holds(bench, copy, form, filters(List.of("more"), 4), "s.empty 0", "s.other 2", "s.t 20");
        }
    }

    @Forms(
            value = {"plain"},
            campaign = {"custom", "directory", "tar"})
    void backups_of_the_schema_or_of_rows_alone_are_what_they_say(String format) throws Exception {
        Format form = Format.of(format).orElseThrow();
        try (var database = filled(SMALL);
                var copy = server.databaseToBe(server.uniqueName("copy"))) {
            var before = State.of(database);
            var bench = Workbench.of(folder, database);
            Manifest schema =
                    bench.backup(Workbench.request(List.of(form), Optional.empty(), Content.SCHEMA, Filters.NONE));
            Manifest rows =
                    bench.backup(Workbench.request(List.of(form), Optional.empty(), Content.DATA, Filters.NONE));
            assertThat(schema.rows()).isZero();
            assertThat(rows.rows()).isEqualTo(22);
            assertThat(bench.check(schema).state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(bench.check(rows).state()).isEqualTo(VerifyResult.State.CHECKED);

            bench.restore(schema, Wish.to(copy.target()).createDb());
            assertThat(before.schema().difference(State.of(copy).schema())).isEmpty();
            assertThat(copy.count("s.t")).isZero();
            bench.restore(rows, Wish.to(copy.target()).dataOnly());
            assertThat(copy.column("SELECT v FROM s.t ORDER BY id"))
                    .isEqualTo(database.column("SELECT v FROM s.t ORDER BY id"));
            assertThat(copy.ask("SELECT nextval('s.t_id_seq')")).isEqualTo("21");
        }
    }

    @Test
    void several_formats_come_from_one_snapshot() throws Exception {
        try (var database = filled(SMALL)) {
            var before = State.of(database);
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.request(
                    List.of(Format.CUSTOM, Format.PLAIN, Format.TAR, Format.DIRECTORY),
                    Optional.empty(),
                    Content.ALL,
                    Filters.NONE));
            assertThat(made.copies()).hasSize(4);
            assertThat(bench.stored(made.name()).data()).hasSize(4);
            for (Path data : bench.stored(made.name()).data()) {
                database.execute("DROP SCHEMA s CASCADE");
                bench.restore(data);
                State.of(database).assertSameAs(before);
            }
            assertThat(bench.check(made).state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(bench.prove(made).state()).isEqualTo(VerifyResult.State.PROVEN);
        }
    }

    // --- sizes

    @Test
    void an_empty_database_comes_back_empty() {
        try (var database = server.database()) {
            var before = State.of(database);
            var bench = Workbench.of(folder, database);
            for (Format format : Campaign.LONG ? List.of(Format.values()) : List.of(Format.CHUNKED, Format.CUSTOM)) {
                Manifest made = bench.backup(Workbench.of(format, "none"));
                database.execute("CREATE TABLE ruin ()");
                bench.restore(made);
                State.of(database).assertSameAs(before);
                assertThat(bench.prove(made).state()).isEqualTo(VerifyResult.State.PROVEN);
            }
        }
    }

    @LongForm
    @ParameterizedTest
    @ValueSource(strings = {"plain", "custom"})
    void a_value_of_fifty_megabytes_comes_back(String format) throws SQLException {
        try (var database = server.database()) {
            fill(database, EverythingDatabase.empty().withHugeValue(50_000_000));
            comesBack(database, Format.of(format).orElseThrow());
        }
    }

    @LongForm
    @ParameterizedTest
    @ValueSource(strings = {"custom", "plain"})
    void two_thousand_tables_come_back(String format) throws SQLException {
        try (var database = server.database()) {
            fill(database, EverythingDatabase.empty().withManyTables(2000));
            comesBack(database, Format.of(format).orElseThrow());
        }
    }

    @LongForm
    @Test
    void two_thousand_tables_are_emptied_from_inside_and_come_back() throws SQLException {
        try (var database = server.database();
                var role = PlainRole.owning(database, "")) {
            role.fill(EverythingDatabase.empty().withManyTables(2000));
            var bench = Workbench.of(folder, role.url());
            var before = State.of(database);
            bench.restore(bench.backup());
            State.of(database).assertSameAs(before);
        }
    }

    private void comesBack(TestDatabase database, Format format) {
        var before = State.of(database);
        var bench = Workbench.of(folder, database);
        Manifest made = bench.backup(Workbench.of(format, "zstd:1"));
        database.execute("CREATE TABLE ruin ()");
        bench.restore(made, Wish.of(bench.target()).noSafetyBackup());
        State.of(database).assertSameAs(before);
    }

    // --- fixtures

    private TestDatabase filled(String sql) {
        var database = server.database();
        database.execute(sql);
        return database;
    }

    private static void fill(TestDatabase database, EverythingDatabase everything) throws SQLException {
        try (var connection = database.connect()) {
            everything.fill(connection);
        }
    }

    /** Patterns as one of -t, -T, --exclude-table-data, -n, -N. */
    private static Filters filters(List<String> patterns, int which) {
        List<List<String>> lists = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lists.add(i == which ? patterns : List.of());
        }
        return new Filters(lists.get(0), lists.get(1), lists.get(2), lists.get(3), lists.get(4));
    }

    private static void holds(Workbench bench, TestDatabase copy, Format format, Filters filters, String... tables) {
        if (copy.server().hasDatabase(copy.name())) {
            copy.server().execute("DROP DATABASE " + copy.name());
        }
        Manifest made = bench.backup(Workbench.of(format, filters));
        assertThat(bench.check(made).state()).isEqualTo(VerifyResult.State.CHECKED);
        bench.restore(made, Wish.to(copy.target()).createDb());
        List<String> found = new ArrayList<>();
        for (String name : copy.column("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('s',"
                + " 'more') ORDER BY 1")) {
            found.add(name + " " + copy.count(name));
        }
        assertThat(found).containsExactly(tables);
        assertThat(made.tables().stream()
                        .filter(Manifest.Table::hasRows)
                        .mapToLong(Manifest.Table::rows)
                        .sum())
                .isEqualTo(found.stream()
                        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                        .sum());
    }

    private static ClientSet newest() {
        return PostgresClients.tools().sets().getFirst();
    }

    private Path dump(TestDatabase database, ClientSet tools, String name, String... options) throws IOException {
        Path file = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of("env"));
        var cluster = database.server().cluster();
        command.add("PGPASSWORD=" + cluster.password());
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
