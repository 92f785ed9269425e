package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metadata beside a backup says everything that it promises, and says it right. */
final class MetadataIT {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private final TestDatabase database = PostgresServers.any().database("metadata");

    @BeforeEach
    void an_application_with_migrations() throws IOException {
        database.execute("""
                CREATE TABLE orders AS SELECT n AS id, 'note ' || n AS note FROM generate_series(1, 1234) n;
                CREATE TABLE empty (id int);
                CREATE TABLE log (at date, line text) PARTITION BY RANGE (at);
                CREATE TABLE log_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                CREATE TABLE log_rest PARTITION OF log DEFAULT;
                INSERT INTO log VALUES ('2026-05-01', 'a'), ('2026-06-01', 'b'), ('2030-01-01', 'c');
                CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version text, description text,
                    type text, script text, checksum int, installed_by text, installed_on timestamp DEFAULT now(),
                    execution_time int, success boolean);
                INSERT INTO flyway_schema_history VALUES
                    (1, '1', 'first', 'SQL', 'V1__first.sql', 1, 'me', now(), 1, true),
                    (2, '2.1', 'second', 'SQL', 'V2.1__second.sql', 2, 'me', now(), 1, true)""");
        database.execute("ALTER DATABASE " + database.name() + " SET work_mem = '9MB'");
        database.execute("COMMENT ON DATABASE " + database.name() + " IS 'of a test'");
        Files.writeString(folder.resolve("package.json"), "{\"name\": \"shop\", \"version\": \"2.4.1\"}");
        Path git = Files.createDirectories(folder.resolve(".git/refs/heads"));
        Files.writeString(git.resolve("main"), COMMIT + "\n");
        Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void every_field_is_there_and_right() throws Exception {
        Instant before = Instant.now();
        String name = backup("pre-deployment", "--description", "before 2.4", "--tag", "ticket=OPS-12");
        Map<?, ?> json = metadata(name);

        assertThat(json.get("name")).isEqualTo(name).asString().endsWith("_pre-deployment");
        assertThat(json.get("database")).isEqualTo(database.name());
        assertThat(Instant.parse(text(json, "created"))).isCloseTo(before, within(Duration.ofMinutes(1)));
        assertThat(number(json, "seconds")).isBetween(0.05, 60.0);
        assertThat(json.get("kind")).isEqualTo("pre-deployment");
        assertThat(json.get("label")).isEqualTo("pre-deployment");
        assertThat(json.get("description")).isEqualTo("before 2.4");
        assertThat(json.get("tags")).isEqualTo(Map.of("ticket", "OPS-12"));
        assertThat(json.get("content")).isEqualTo("all");
        assertThat(json.get("filters")).isEqualTo(List.of());
        assertThat(json.get("migrations"))
                .asString()
                .contains("tool=flyway", "head=2.1")
                .containsPattern("applied=2\\b");
        assertThat(json.get("application")).isEqualTo(Map.of("version", "2.4.1", "commit", COMMIT));
        assertThat(json.get("restore")).asString().contains(name);
    }

    @Test
    void server_tools_and_database_are_described() throws Exception {
        Map<?, ?> json = metadata(backup());
        Map<?, ?> server = map(json, "server");
        assertThat(database.ask("SHOW server_version")).startsWith(text(server, "version"));
        assertThat(number(server, "versionNumber"))
                .isEqualTo(Double.parseDouble(database.ask("SHOW server_version_num")));
        assertThat(text(server, "systemIdentifier"))
                .isEqualTo(database.ask("SELECT system_identifier FROM pg_control_system()"));
        assertThat(text(server, "host"))
                .endsWith(":" + database.server().cluster().port());
        assertThat(text(map(json, "tools"), "pgDump")).matches("\\d+\\.\\d+");
        assertThat(text(map(json, "tools"), "pgkeep")).matches("\\d+\\..*");

        Map<?, ?> properties = map(json, "properties");
        for (String[] each : new String[][] {
            {"owner", "pg_get_userbyid(datdba)"},
            {"encoding", "pg_encoding_to_char(encoding)"},
            {"collate", "datcollate"},
            {"ctype", "datctype"},
            {"comment", "shobj_description(oid, 'pg_database')"}
        }) {
            assertThat(text(properties, each[0]))
                    .isEqualTo(
                            database.ask("SELECT " + each[1] + " FROM pg_database WHERE datname = current_database()"));
        }
        assertThat(properties.get("settings")).asString().contains("name=work_mem", "value=9MB");
        assertThat(json.get("extensions")).asString().contains("name=plpgsql", "version=1.0", "schema=pg_catalog");
    }

    @Test
    void tables_have_rows_and_bytes_and_partitions_name_their_table() throws Exception {
        // Else autovacuum makes maps of free space meanwhile, and tables larger.
        database.execute("VACUUM");
        String name = backup();
        List<String> tables = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(metadata(name).get("tables"))) {
            Map<?, ?> table = (Map<?, ?>) each;
            String relation = text(table, "schema") + "." + text(table, "name");
            assertThat(number(table, "bytes"))
                    .isEqualTo(Double.parseDouble(database.ask("SELECT pg_table_size('" + relation + "')")));
            tables.add(relation + " " + (long) number(table, "rows")
                    + (table.get("partitionOf") == null ? "" : " of " + text(map(table, "partitionOf"), "name")));
        }
        assertThat(tables)
                .containsExactly(
                        "public.empty 0",
                        "public.flyway_schema_history 2",
                        "public.log_2026 2 of log",
                        "public.log_rest 1 of log",
                        "public.orders 1234");
        assertThat(pgkeep("show", name).stdout())
                .containsPattern("public.log \\(2 partitions\\) +3 ")
                .doesNotContain("log_2026");
        assertThat(pgkeep("show", name, "--objects").stdout()).containsPattern("public.log_2026 +2 ");
    }

    @Test
    void every_file_of_every_copy_has_its_length_and_sum_and_options_are_kept() throws Exception {
        String name = backup(
                "--format", "directory,plain", "--compress", "gzip:5", "--exclude-table-data", "log*", "--globals");
        Map<?, ?> json = metadata(name);
        assertThat(json.get("filters")).isEqualTo(List.of("--exclude-table-data=log*"));
        List<String> formats = new ArrayList<>();
        long bytes = 0;
        for (Object each : (List<?>) Objects.requireNonNull(json.get("copies"))) {
            Map<?, ?> copy = (Map<?, ?>) each;
            Map<?, ?> compression = map(copy, "compression");
            formats.add(text(copy, "format") + " " + text(compression, "method") + ":"
                    + (long) number(compression, "level"));
            for (Object file : (List<?>) Objects.requireNonNull(copy.get("files"))) {
                bytes += checked((Map<?, ?>) file);
            }
        }
        assertThat(formats).containsExactly("directory gzip:5", "plain gzip:5");
        assertThat(number(json, "bytes")).isEqualTo(bytes);
        assertThat(checked(map(json, "globals"))).isPositive();
    }

    private long checked(Map<?, ?> file) throws IOException, NoSuchAlgorithmException {
        byte[] content = Files.readAllBytes(folder.resolve("backups").resolve(text(file, "path")));
        assertThat(number(file, "bytes")).isEqualTo(content.length);
        assertThat(text(file, "sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        return content.length;
    }

    private String backup(String... words) {
        List<String> all = new ArrayList<>(List.of("backup", "-o", "name"));
        all.addAll(List.of(words));
        var finished = pgkeep(all.toArray(String[]::new));
        assertThat(finished.status()).as(finished.output()).isZero();
        return finished.stdout().strip();
    }

    private Finished pgkeep(String... words) {
        return InProcessPgkeep.on(database, folder).run(words);
    }

    private Map<?, ?> metadata(String name) throws IOException {
        String text = Files.readString(folder.resolve("backups").resolve(name + ".json"));
        return (Map<?, ?>) Jsonb.builder().build().type(Object.class).fromJson(text);
    }

    private static Map<?, ?> map(Map<?, ?> json, String key) {
        return (Map<?, ?>) Objects.requireNonNull(json.get(key), key);
    }

    private static String text(Map<?, ?> json, String key) {
        return Objects.requireNonNull(json.get(key), key).toString();
    }

    private static double number(Map<?, ?> json, String key) {
        return ((Number) Objects.requireNonNull(json.get(key), key)).doubleValue();
    }
}
