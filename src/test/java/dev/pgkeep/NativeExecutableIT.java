package dev.pgkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.connect.ServerCertificate;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.EverythingDatabase;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.NativePgkeep;
import dev.pgkeep.testing.PgkeepProcess;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What machine code that was made ahead of time could lack, and has: see {@code build/native}. */
@EnabledIf("dev.pgkeep.testing.NativePgkeep#isBuilt")
final class NativeExecutableIT {
    @TempDir
    private Path folder;

    private final TestServer server = PostgresServers.any();

    @Test
    void it_says_what_it_is() {
        assertThat(pgkeep("version").run().stdout()).contains("as a native executable");
    }

    /** Where that one was built, and an emulator of old processors is installed (package qemu-user). */
    @Test
    void the_second_executable_runs_on_the_oldest_processors_of_its_kind() {
        Path second = NativePgkeep.executable().resolveSibling("pgkeep-baseline");
        assumeTrue(Files.isExecutable(second), "build/native --dist makes it");
        Finished help = Commands.run(folder, List.of("qemu-x86_64", "-cpu", "qemu64", second.toString(), "help"));
        assumeTrue(help.status() != 127, "no qemu-x86_64");
        assertThat(help.stdout()).as(help.output()).contains("proven restore");
    }

    @Test
    void the_rows_are_stored_in_the_chunks_that_java_makes_of_them_byte_for_byte() throws Exception {
        try (var database = server.database("same")) {
            fill(database);
            database.execute("CREATE TABLE many AS SELECT i, md5(i::text) AS text, now() + i * interval '1s' AS at,"
                    + " i / 7.0::float8 AS real, jsonb_build_object('n', i, 'level', 'info') AS json"
                    + " FROM generate_series(1, 50000) AS i");
            ok(on(database, "backup")
                    .env("BACKUP_DIR", folder.resolve("native").toString())
                    .run());
            var java = InProcessPgkeep.on(database, folder)
                    .env("BACKUP_DIR", folder.resolve("java").toString());
            var nobody = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            assertThat(java.run(nobody, nobody, "backup")).isZero();
            assertThat(chunks("native")).hasSizeGreaterThan(100).isEqualTo(chunks("java"));
        }
    }

    @Test
    void everything_comes_back_by_its_own_restore() throws SQLException {
        try (var database = server.database("back")) {
            fill(database);
            var before = State.of(database);
            ok(on(database, "backup").run());
            database.execute("CREATE TABLE later AS SELECT 1 AS a");
            ok(on(database, "restore", "latest", "--yes", "--owners", "--grants")
                    .run());
            State.of(database).assertSameAs(before);
            ok(on(database, "verify", "--restore").run());
            ok(on(
                            database,
                            "export",
                            "latest",
                            "--to",
                            folder.resolve("all.sql").toString())
                    .run());
            assertThat(on(database, "diff", "latest").run().stdout()).contains("no difference");
        }
    }

    @Test
    void encrypted_connections_and_passwords_work_and_strangers_are_refused() throws Exception {
        var tls = ServerCertificate.make(folder);
        Path stranger = ServerCertificate.make(Files.createDirectory(folder.resolve("stranger")))
                .certificate();
        try (var cluster =
                PostgresServers.own(server.major(), PostgresServers.options().withTls(tls))) {
            String url = cluster.url("postgres").replace("127.0.0.1", "localhost");
            String more = (url.contains("?") ? "&" : "?") + "sslmode=verify-full&sslrootcert=";
            var trusted = pgkeep("db", "--url", url + more + tls.certificate()).run();
            ok(trusted);
            assertThat(trusted.stdout()).contains("postgres");
            var refused = pgkeep("db", "--url", url + more + stranger).run();
            assertThat(refused.status()).isEqualTo(5);
            assertThat(refused.stderr()).contains("is not trusted").contains("sslrootcert");
            socket(cluster);
        }
    }

    private void socket(LocalCluster cluster) {
        Path sockets = cluster.socketFolder().orElseThrow();
        String separator = cluster.url("postgres").contains("?") ? "&" : "?";
        ok(pgkeep("db", "--url", cluster.url("postgres") + separator + "host=" + sockets)
                .run());
    }

    @Test
    void what_looks_like_an_option_for_java_belongs_to_the_command() {
        try (var database = server.database("guarded")) {
            List<String> words = List.of(
                    Path.of("pgkeep").toAbsolutePath().toString(),
                    "guard",
                    "--url",
                    database.url(),
                    "--",
                    "sh",
                    "-c",
                    "echo \"got $*\"",
                    "sh",
                    "-Xmx1g",
                    "-Dfoo=bar",
                    "-XX:+X",
                    "@pgkeep:x");
            Finished guard = Commands.run(folder, words);
            assertThat(guard.output()).contains("got -Xmx1g -Dfoo=bar -XX:+X @pgkeep:x");
        }
    }

    @Test
    void names_beyond_ascii_are_files_in_every_locale() {
        try (var database = server.database("Größe “x”")) {
            database.execute("CREATE TABLE \"Straße\" AS SELECT 'ü' AS \"ß\"");
            ok(on(database, "backup")
                    .env("BACKUP_DIR", folder.resolve("rö").toString())
                    .env("LANG", null)
                    .env("LC_ALL", "C")
                    .run());
            assertThat(folder.resolve("rö/packs")).isDirectory();
        }
    }

    @Test
    void a_terminal_is_asked_and_ctrl_c_puts_things_in_order() {
        try (var database = server.database("asked")) {
            database.execute("CREATE TABLE t AS SELECT 1 AS a");
            ok(on(database, "backup").run());
            try (var restore = on(database, "restore", "latest").onTerminal().start()) {
                restore.waitFor("Type");
                restore.type("no\n");
                assertThat(restore.end().output()).contains("nothing was changed");
            }
            try (var restore = on(database, "restore", "latest").onTerminal().start()) {
                restore.waitFor("Type");
                restore.interrupt();
                assertThat(restore.end().status()).isEqualTo(130);
            }
        }
    }

    @Test
    void an_interrupted_backup_stops_its_children_and_leaves_nothing() throws Exception {
        try (var database = server.database("held");
                var holding = database.connect();
                var statement = holding.createStatement()) {
            statement.execute("CREATE TABLE t AS SELECT 1 AS a");
            statement.execute("BEGIN; LOCK TABLE t");
            try (var backup = on(database, "backup").start()) {
                backup.waitFor("Backup of");
                List<ProcessHandle> children = backup.handle().descendants().toList();
                backup.interrupt();
                Finished ended = backup.end();
                assertThat(ended.status()).as(ended.output()).isEqualTo(130);
                assertThat(ended.stderr()).contains("putting things in order");
                assertThat(children).noneMatch(ProcessHandle::isAlive);
            }
            assertThat(on(database, "list").run().stdout()).contains("No backups");
        }
    }

    @Test
    void a_reader_that_went_away_is_no_end_by_a_signal() {
        String command = "(" + NativePgkeep.executable() + " help backup; echo $? >status) | true";
        assertThat(Commands.run(List.of("sh", "-c", "cd '" + folder + "' && " + command))
                        .status())
                .isZero();
        assertThat(folder.resolve("status")).content().isIn("0\n", "1\n");
    }

    private static void fill(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            EverythingDatabase.ofSuperuser().fill(connection);
        }
    }

    private PgkeepProcess pgkeep(String... words) {
        return PgkeepProcess.in(folder).onNative().args(words);
    }

    private PgkeepProcess on(TestDatabase database, String... words) {
        return pgkeep(words).env("DATABASE_URL", database.url());
    }

    private static void ok(Finished run) {
        assertThat(run.status()).as(run.output()).isZero();
    }

    /** The name of each chunk of rows, which is the hash of its content, and how many bytes it takes in its pack. */
    private List<String> chunks(String name) {
        Repository repository = Repository.open(folder.resolve(name), Clock.systemUTC());
        var copy = repository.manifest(repository.list().getFirst()).copies().getFirst();
        var store = repository.chunks().store();
        return BackupContents.read(store, Objects.requireNonNull(copy.chunks())).tables().stream()
                .flatMap(table -> table.extents().stream())
                .flatMap(extent -> extent.chunks().stream())
                .map(chunk ->
                        chunk.id() + " " + store.find(chunk.id()).orElseThrow().stored())
                .toList();
    }
}
