package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.ContentHash;
import dev.pgkeep.testing.EverythingDatabase;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TableContent;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestLocales;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every value comes back, by every command that moves rows and in every format, whatever {@code ALTER ROLE},
 * {@code ALTER DATABASE} and {@code ALTER ROLE … IN DATABASE} have set on either side.
 */
@Timeout(300)
final class HostileSettingsIT {
    private static final int SINCE_16 = 16;
    private static final int SINCE_17 = 17;

    /** How values print and are read. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("DateStyle", "German"),
            Map.entry("IntervalStyle", "sql_standard"),
            Map.entry("TimeZone", "Asia/Kathmandu"),
            Map.entry("timezone_abbreviations", "India"),
            Map.entry("extra_float_digits", "-15"),
            Map.entry("bytea_output", "escape"),
            Map.entry("xmlbinary", "hex"),
            Map.entry("xmloption", "document"),
            Map.entry("lc_monetary", TestLocales.ARGENTINA),
            Map.entry("array_nulls", "off"),
            Map.entry("quote_all_identifiers", "on"),
            Map.entry("transform_null_equals", "on"),
            Map.entry("backslash_quote", "off"),
            Map.entry("standard_conforming_strings", "off"));

    /** What statements do, and how long they may. */
    private static final Map<String, String> DEEDS = Map.ofEntries(
            Map.entry("gin_fuzzy_search_limit", "1"),
            Map.entry("default_transaction_isolation", "serializable"),
            Map.entry("default_transaction_read_only", "on"),
            Map.entry("default_transaction_deferrable", "on"),
            Map.entry("exit_on_error", "on"),
            Map.entry("jit_above_cost", "0"),
            Map.entry("client_min_messages", "debug5"),
            Map.entry("client_encoding", "LATIN1"),
            Map.entry("session_replication_role", "replica"),
            Map.entry("search_path", "nowhere"),
            Map.entry("statement_timeout", "1ms"),
            Map.entry("lock_timeout", "1ms"),
            Map.entry("idle_session_timeout", "1ms"),
            Map.entry("idle_in_transaction_session_timeout", "1ms"));

    private static final String COINS = """
            create type purse as (owner text, content money);
            create domain price as money;
            create table shops (id int primary key, words text[]);
            create index on shops using gin (words);
            insert into shops select n, array['all', 'w' || n, null, 'NULL'] from generate_series(1, 40) as n;
            create table coins (
                id int primary key, shop int references shops on delete cascade, m money not null default '$5.25', ms money[],
                p price, w purse, t text[], d date, ts timestamptz, iv interval, f float8, r real, b bytea, x xml, c regclass,
                note text default E'a\\\\b\\'c');
            insert into coins values
                (1, 1, '10050.00', '{-0.01,NULL,92233720368547758.07}', '7.25', row('me', '1000000.01'),
                 '{NULL,"NULL","null",""}', '0044-03-15 BC', '2020-01-02 03:04:05.678901+00', '-1 year 2 mons -3 days 04:05:06.7',
                 0.1::float8 + 0.2, 1e-7, '\\x00275c', 'two <b/> parts', 'coins', default),
                (2, 2, '-0.05', '{}', null, row(null, null), '{}', 'infinity', '1900-01-01 00:00:00+00', '-1 days +02:03:00',
                 'NaN', 16777217, '', '<a>é🙂</a>', 'pg_class', 'ü🙂');
            create view priced as select m + '$1.50'::money as m from coins where t <> '{NULL}'::text[];""";

    private static TestServer server;

    @TempDir
    private Path folder;

    private TestDatabase source;
    private String role;

    @BeforeAll
    static void start() {
        assumeTrue(TestLocales.folder().isPresent(), "no localedef with its sources (package locales)");
        server = started(15);
    }

    private static TestServer started(int major) {
        return new TestServer(
                major,
                PostgresServers.own(
                        major,
                        PostgresServers.options()
                                .withLocales(TestLocales.folder().orElseThrow())));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.cluster().close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        source = server.database("hostile");
        role = server.uniqueName("visitor");
        server.execute("create role " + role + " superuser login password 'secret'");
        Files.createDirectories(folder.resolve("backups"));
    }

    @AfterEach
    void close() {
        source.close();
        server.execute("drop role " + role);
    }

    @Test
    void every_format_brings_every_value_back() throws SQLException, IOException {
        try (var connection = source.connect()) {
            EverythingDatabase.ofNormalRole().fill(connection);
        }
        source.execute(COINS);
        var before = content(source);
        hostile(source);
        for (String format : Campaign.LONG
                ? List.of("chunked", "custom", "directory", "tar", "plain")
                : List.of("chunked", "plain")) {
            String backup =
                    done(source, "backup", "--format", format, "-o", "name").strip();
            // The other side is another world: what the role and the database had does not hold there.
            server.execute(
                    "alter role " + role + " reset lc_monetary; alter role " + role + " set datestyle = 'SQL, DMY'");
            String copy = source.name() + "_copy";
            try (var restored = server.databaseToBe(copy)) {
                done(source, "restore", backup, "--to", copy, "--create-db", "--yes");
                assertThat(ContentHash.differences(before, content(restored)))
                        .as(format)
                        .isEmpty();
                assertThat(restored.ask("select sum(m)::numeric from priced"))
                        .as(format)
                        .isEqualTo("10052.95");
            }
            set("role " + role, VALUES);
        }
        scripts(before);
    }

    /** What pgkeep and pg_dump wrote, loaded by psql where values are read otherwise. */
    private void scripts(Map<String, TableContent> before) throws SQLException, IOException {
        done(source, "export", "latest", "--to", "plain.sql", "--compress", "none");
        String chunked =
                done(source, "backup", "--format", "chunked", "-o", "name").strip();
        done(source, "export", chunked, "--to", "chunked.sql");
        done(source, "verify", chunked, "--restore");
        for (String script : List.of("plain.sql", "chunked.sql")) {
            try (var other = server.database("other")) {
                set("database " + other.name(), VALUES);
                psql(other, script);
                assertThat(ContentHash.differences(before, content(other)))
                        .as(script)
                        .isEmpty();
            }
        }
    }

    @Test
    void every_command_that_moves_rows_moves_them_as_they_are() throws SQLException {
        source.execute(COINS);
        var before = content(source);
        hostile(source);
        String backup = done(source, "backup", "-o", "name").strip();

        lose();
        done(source, "diff", backup, "--repair", "--yes");
        assertSame(before, "diff --repair");

        lose();
        String statements = done(source, "diff", backup, "--sql");
        apply(statements);
        assertSame(before, "diff --sql");

        done(source, "rows", "export", "--table", "coins", "--where", "m > '1'", "--output", "live.json");
        done(source, "rows", "export", "--from", backup, "--table", "coins", "--output", "stored.json");
        for (String document : List.of("live.json", "stored.json")) {
            ours("delete from coins where id = 1");
            done(source, "rows", "restore", document, "--execute", "--yes");
            assertSame(before, document);
        }

        // All forty, not the few that the index would give; and what refers to them goes along.
        done(source, "cleanup", "--table", "shops", "--where", "words @> '{all}'", "--execute", "--yes");
        assertThat(source.count("shops") + source.count("coins")).isZero();
        done(source, "undo", "--yes");
        assertSame(before, "undo of a cleanup");

        try (var other = server.database("other")) {
            set("database " + other.name(), VALUES);
            done(other, "refresh", "--from", folder.resolve("backups").toString(), "--any", "--yes");
            assertThat(ContentHash.differences(before, content(other)))
                    .as("refresh")
                    .isEmpty();
        }
    }

    @Test
    void what_goes_back_by_itself_is_as_it_was() throws SQLException {
        source.execute(COINS);
        var before = content(source);
        hostile(source);
        Finished failed = run(source, "guard", "--rollback-on-failure", "exit 3");
        assertThat(failed.output()).contains("yes, proven");
        assertSame(before, "guard");
        done(source, "reset", "--no-migrate", "--yes");
        done(source, "undo", "--yes");
        assertSame(before, "undo of a reset");
    }

    @Test
    void a_role_that_cannot_wake_triggers_and_foreign_keys_changes_no_rows() throws SQLException {
        source.execute(COINS);
        var before = content(source);
        server.execute("alter role " + role + " nosuperuser; alter role " + role
                + " set session_replication_role = replica; grant pg_read_all_data, pg_write_all_data to " + role
                + "; alter role " + role + " bypassrls");
        Finished refused = run(source, "cleanup", "--table", "shops", "--where", "id = 1", "--execute", "--yes");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.output()).contains("session_replication_role");
        assertSame(before, "cleanup");
        server.execute("revoke pg_read_all_data, pg_write_all_data from " + role);
    }

    @Test
    void a_dump_of_somebody_else_is_read_as_the_configuration_says() throws IOException, SQLException {
        source.execute(COINS);
        var before = content(source);
        set("database " + source.name(), Map.of("lc_monetary", TestLocales.ARGENTINA));
        Path dump = folder.resolve("foreign.dump");
        tool("pg_dump", source, "--format=custom", "--file=" + dump);
        String copy = source.name() + "_copy";
        try (var restored = server.databaseToBe(copy)) {
            Files.writeString(folder.resolve("pgkeep.toml"), "money-locale = \"" + TestLocales.ARGENTINA + "\"\n");
            done(source, "restore", "--file", dump.toString(), "--to", copy, "--create-db", "--yes");
            assertThat(ContentHash.differences(before, content(restored))).isEmpty();
        }
        Files.delete(folder.resolve("pgkeep.toml"));
        String[] again = {"restore", "--file", dump.toString(), "--to", copy, "--create-db", "--yes"};
        assertThat(run(source, again).stderr()).contains("nothing was changed", "type money", "set money-locale");
        set("role " + role, Map.of("lc_monetary", TestLocales.ARGENTINA));
        try (var restored = server.databaseToBe(copy)) {
            Finished assumed = run(source, again);
            assertThat(assumed.output()).contains("coins.m", "was read under es_AR", "money-locale");
            assertThat(ContentHash.differences(before, content(restored))).isEmpty();
        }
    }

    /** Each alone, so that none hides another, in each of the three places, on every version. */
    @LongForm
    @Test
    void every_setting_alone_changes_nothing() throws SQLException {
        for (int major : PostgresServers.versions()) {
            TestServer all = server;
            server = started(major);
            try (var one = server.database("alone");
                    var connection = one.connect()) {
                one.execute(COINS);
                server.execute("create role " + role + " superuser login password 'secret'");
                EverythingDatabase.ofNormalRole().fill(connection);
                var before = content(one);
                for (String whom : List.of(
                        "role " + role, "database " + one.name(), "role " + role + " in database " + one.name())) {
                    for (var setting : settings(major).entrySet()) {
                        set(whom, Map.of(setting.getKey(), setting.getValue()));
                        moved(one, before, setting.getKey() + " of " + whom);
                        server.execute("alter " + whom + " reset all");
                    }
                }
            } finally {
                server.cluster().close();
                server = all;
            }
        }
    }

    private static Map<String, String> settings(int major) {
        Map<String, String> settings = new LinkedHashMap<>(VALUES);
        settings.putAll(DEEDS);
        if (major >= SINCE_16) {
            settings.putAll(Map.of("createrole_self_grant", "set", "icu_validation_level", "error"));
        }
        if (major >= SINCE_17) {
            settings.put("transaction_timeout", "1ms");
        }
        return settings;
    }

    private void moved(TestDatabase database, Map<String, TableContent> before, String under) throws SQLException {
        for (String format : Campaign.LONG ? List.of("chunked", "custom", "plain") : List.of("chunked")) {
            String backup =
                    done(database, "backup", "--format", format, "-o", "name").strip();
            String copy = database.name() + "_copy";
            try (var restored = server.databaseToBe(copy)) {
                done(database, "restore", backup, "--to", copy, "--create-db", "--yes");
                assertThat(ContentHash.differences(before, content(restored)))
                        .as(format + ", " + under)
                        .isEmpty();
            }
        }
    }

    /** Everything at once, from all three places. */
    private void hostile(TestDatabase database) {
        set("role " + role, VALUES);
        set("database " + database.name(), VALUES);
        set("role " + role + " in database " + database.name(), DEEDS);
        set("role " + role, DEEDS);
        if (server.major() >= SINCE_16) {
            set("role " + role, Map.of("createrole_self_grant", "set", "icu_validation_level", "error"));
        }
    }

    private static void set(String whom, Map<String, String> settings) {
        StringBuilder sql = new StringBuilder();
        new LinkedHashMap<>(settings)
                .forEach((name, value) -> sql.append("alter ")
                        .append(whom)
                        .append(" set ")
                        .append(name)
                        .append(" = ")
                        .append(name.equals("search_path") ? value : "'" + value + "'")
                        .append(";"));
        server.execute(sql.toString());
    }

    private void lose() {
        ours("delete from coins where id = 1; update coins set m = '3', ms = '{}', t = '{x}', iv = '1 day'");
    }

    /** Without what the database has set. */
    private void ours(String sql) {
        source.execute("set array_nulls = on; set lc_monetary = 'C'; set standard_conforming_strings = on;" + sql);
    }

    /** As the database has it set, which the statements have to bear. */
    private void apply(String statements) {
        try (var connection = source.connect();
                var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(statements);
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage() + "\n" + statements, e);
        }
    }

    private static Map<String, TableContent> content(TestDatabase database) throws SQLException {
        try (var connection = database.connect()) {
            return ContentHash.of(connection);
        }
    }

    private void assertSame(Map<String, TableContent> before, String after) throws SQLException {
        assertThat(ContentHash.differences(before, content(source))).as(after).isEmpty();
    }

    private void psql(TestDatabase database, String script) throws IOException {
        tool("psql", database, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=" + folder.resolve(script));
    }

    private static void tool(String program, TestDatabase database, String... options) throws IOException {
        Path path = PostgresClients.tools().sets().getFirst().folder().resolve(program);
        var words = new java.util.ArrayList<>(List.of(path.toString(), "--dbname=" + database.url()));
        words.addAll(List.of(options));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String done(TestDatabase database, String... words) {
        Finished finished = run(database, words);
        assertThat(finished.status())
                .as(String.join(" ", words) + "\n" + finished.output())
                .isZero();
        return finished.stdout();
    }

    /** In this JVM, as the role that has it all set. */
    private Finished run(TestDatabase database, String... words) {
        String url =
                "postgresql://" + role + ":secret@127.0.0.1:" + server.cluster().port() + "/" + database.name();
        return InProcessPgkeep.in(folder)
                .env("PGKEEP_TRUST", null)
                .env("DATABASE_URL", url)
                .at(Clock.systemDefaultZone())
                .run(words);
    }
}
