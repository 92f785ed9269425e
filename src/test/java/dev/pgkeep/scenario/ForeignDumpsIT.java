package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as other tools leave them, and as accidents do: each is refused before anything is touched, or right. */
final class ForeignDumpsIT {
    @TempDir
    private Path folder;

    private final TestServer server = PostgresServers.any();
    private TestDatabase database;
    private InProcessPgkeep pgkeep;

    @BeforeEach
    void fill() {
        database = server.database("shop");
        database.execute("""
                CREATE TABLE users (id int PRIMARY KEY, name text);
                INSERT INTO users SELECT i, 'u' || i FROM generate_series(1, 9) i;
                CREATE TABLE orders (id int PRIMARY KEY, "user" int REFERENCES users);
                INSERT INTO orders SELECT i, i FROM generate_series(1, 5) i;
                CREATE VIEW v AS SELECT * FROM orders;
                CREATE SCHEMA audit; CREATE TABLE audit.log (n int); INSERT INTO audit.log VALUES (1)""");
        pgkeep = InProcessPgkeep.on(database, folder);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void what_is_no_dump_is_refused_without_a_server_and_is_never_good() throws Exception {
        Path backups = Files.createDirectories(folder.resolve("backups"));
        String error = "pg_dump: error: connection to server at \"db\" (10.0.0.1), port 5432 failed: timeout\n";
        Path file = Files.writeString(backups.resolve("shop_2026-11-20.sql"), error);
        Path packed = Files.write(
                backups.resolve("shop_2026-11-21.sql.xz"), new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 0, 0});
        InProcessPgkeep nowhere = pgkeep.env("DATABASE_URL", "postgresql://u@localhost:1/shop");

        var restore = nowhere.run("restore", "--file", file.toString(), "--yes");
        assertThat(restore.stderr()).contains("[format.unknown]", "holds no SQL", "instead of writing a dump");
        assertThat(restore.status()).isNotZero();
        var list = nowhere.run("list", "--all");
        assertThat(list.output().lines().filter(line -> line.startsWith("shop_") && line.endsWith("damaged")))
                .hasSize(2);
        for (Path each : List.of(file, packed)) {
            var verify = nowhere.run("verify", each.getFileName().toString());
            assertThat(verify.status()).as(verify.output()).isNotZero();
            assertThat(verify.output())
                    .containsAnyOf("holds no SQL", "compressed with xz")
                    .doesNotContain("Exception");
            var show = nowhere.run("show", each.getFileName().toString());
            assertThat(show.output())
                    .containsAnyOf("holds no SQL", "compressed with xz")
                    .doesNotContain("Exception");
        }
        var latest = nowhere.run("restore", "latest", "--yes");
        assertThat(latest.stderr()).contains("[backup.not-found]");
    }

    @Test
    void a_part_takes_the_place_of_a_whole_only_when_that_is_said() throws Exception {
        Path schema = dump("schema.sql", "-Fp", "--schema-only");
        Path archive = dump("schema.dump", "-Fc", "--schema-only");
        Path some = dump("audit.dump", "-Fc", "--schema=audit");
        for (Path part : List.of(schema, archive, some)) {
            var refused = restore(part);
            assertThat(refused.status()).isNotZero();
            assertThat(refused.stderr()).contains("[preflight.failed]", "only a part", "--allow-partial");
        }
        assertThat(restore(dump("rows.sql", "-Fp", "--data-only")).stderr())
                .contains("[preflight.failed]", "not the tables that they belong to", "--data-only --truncate");
        assertThat(database.count("users")).isEqualTo(9);

        // Older than a table: that is no part.
        Path whole = dump("whole.dump", "-Fc");
        database.execute("CREATE TABLE fresh AS SELECT 1 AS n");
        var restored = restore(whole);
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output()).contains("gone afterwards: 1 table with rows: public.fresh");

        assertThat(restore(schema, "--allow-partial").status()).isZero();
        assertThat(database.count("users")).isZero();
        // Nothing is lost there any more.
        assertThat(restore(archive).status()).isZero();
    }

    @Test
    void latest_is_never_the_dump_of_another_database_or_of_nobody_knows_which() throws Exception {
        Path backups = Files.createDirectories(folder.resolve("backups"));
        try (TestDatabase blog = server.database("blog")) {
            blog.execute("CREATE TABLE posts AS SELECT 1 AS n");
            Path own = dump("backups/own.dump", "-Fc");
            dump(blog, "backups/a.dump", "-Fc");
            dump(blog, "backups/b.tar", "-Ft");
            dump(blog, "backups/c", "-Fd");
            dump(blog, "backups/d.sql", "-Fp", "--create");
            dump(blog, "backups/" + blog.name() + "-20261120.sql.gz", "-Fp", "-Z6");
            dump(blog, "backups/unknown.sql", "-Fp");
            Files.setLastModifiedTime(own, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

            String list = pgkeep.run("list", "--all", "--json").stdout();
            String of = "\"database\":\"" + blog.name() + "\"";
            assertThat(list.replace(": ", ":").split(of, -1)).as(list).hasSize(6);
            var restored = pgkeep.run("restore", "latest", "--yes", "--no-safety-backup");
            assertThat(restored.status()).as(restored.output()).isZero();
            assertThat(restored.output()).contains("own.dump".replace(".dump", ""));

            Files.delete(own);
            var refused = pgkeep.run("restore", "latest", "--yes");
            assertThat(refused.stderr())
                    .contains("[backup.not-found]", "unknown does not say of which database", "pgkeep restore unknown");
            // Who names it means it.
            var named = pgkeep.run("restore", "unknown", "--to", server.uniqueName("copy"), "--create-db", "--dry-run");
            assertThat(named.status()).as(named.output()).isZero();
        }
    }

    @Test
    void a_script_that_drops_what_is_not_there_makes_what_it_is_to_make() throws Exception {
        database.execute("CREATE POLICY p ON orders; ALTER TABLE orders ENABLE ROW LEVEL SECURITY;"
                + " SELECT lo_from_bytea(0, '\\x00ff'); CREATE DOMAIN d AS int CHECK (VALUE > 0)");
        Path clean = dump("clean.sql", "-Fp", "--clean");
        String copy = server.uniqueName("copy");
        var restored = pgkeep.run("restore", "--file", clean.toString(), "--to", copy, "--create-db", "--yes");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output()).contains("3 tables, 15 rows");

        // In a transaction of the script's own it is the end of that one, as with psql.
        Path other = Files.writeString(folder.resolve("other.sql"), "BEGIN;\nDROP TABLE nothing;\nCOMMIT;\n");
        var failed = pgkeep.run("restore", "--file", other.toString(), "--to", copy + "2", "--create-db", "--yes");
        assertThat(failed.stderr()).contains("[restore.failed]", "nothing was changed", "line 2");
    }

    @Test
    void what_a_script_does_to_its_rows_is_no_damage() throws Exception {
        Path script = Files.writeString(folder.resolve("script.sql"), """
                \ufeffDROP TABLE nothing;
                CREATE TABLE t (a text, b text);
                COPY t FROM stdin WITH (FORMAT csv, HEADER);
                a,b
                1,"two
                lines"
                \\.
                SET search_path = audit, pg_catalog;
                CREATE SCHEMA audit;
                CREATE TABLE t (a int);
                COPY t FROM stdin;
                1
                2
                \\.
                """);
        String copy = server.uniqueName("copy");
        var restored = pgkeep.run("restore", "--file", script.toString(), "--to", copy, "--create-db", "--yes");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(restored.output()).contains("1 table, 2 rows");

        database.execute("CREATE TABLE parts (k int) PARTITION BY RANGE (k);"
                + " CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (10);"
                + " CREATE TABLE high PARTITION OF parts FOR VALUES FROM (10) TO (20);"
                + " INSERT INTO parts SELECT generate_series(0, 19)");
        for (String format : List.of("-Fp", "-Fc")) {
            var again = restore(dump("root" + format, format, "--load-via-partition-root"));
            assertThat(again.status()).as(again.output()).isZero();
            assertThat(again.output()).contains("35 rows");
        }
    }

    @Test
    void a_table_that_is_there_or_needed_is_told_before_anything_happens() throws Exception {
        Path dump = dump("whole.dump", "-Fc");
        for (List<String> words : List.of(
                List.of("--table=orders"), List.of("--table=users", "--clean"), List.of("--table=orders", "--clean"))) {
            var refused = restore(dump, words.toArray(String[]::new));
            assertThat(refused.stderr()).contains("[preflight.failed]", "--data-only --truncate");
            assertThat(refused.output()).doesNotContain("safety backup");
        }
        assertThat(restore(dump, "--schema=audit").stderr())
                .contains("there is already audit.log, the schema audit", "--clean");
        database.execute("DELETE FROM orders; INSERT INTO audit.log VALUES (2)");
        assertThat(restore(dump, "--table=orders", "--data-only", "--truncate").status())
                .isZero();
        assertThat(restore(dump, "--schema=audit", "--clean").status()).isZero();
        assertThat(database.count("orders")).isEqualTo(5);
        assertThat(database.count("audit.log")).isEqualTo(1);
    }

    private Commands.Finished restore(Path file, String... more) {
        List<String> words = new ArrayList<>(List.of("restore", "--file", file.toString(), "--yes"));
        words.addAll(List.of(more));
        return pgkeep.run(words.toArray(String[]::new));
    }

    private Path dump(String name, String... options) throws IOException {
        return dump(database, name, options);
    }

    private Path dump(TestDatabase from, String name, String... options) throws IOException {
        Path file = folder.resolve(name);
        ClientSet tools = PostgresClients.tools().sets().getFirst();
        var cluster = from.server().cluster();
        List<String> command = new ArrayList<>(List.of("env", "PGPASSWORD=" + cluster.password()));
        command.addAll(tools.command(Tool.PG_DUMP, options));
        command.addAll(List.of(
                "--file=" + file,
                "--host=" + cluster.host(),
                "--port=" + cluster.port(),
                "--username=" + cluster.superuser(),
                from.name()));
        var done = Commands.run(command);
        assertThat(done.status()).as(done.output()).isZero();
        return file;
    }
}
