package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Reading;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.testing.PlainRole;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that are not what they were: each of these would have the next backup take other rows for those of the one
 * before, if it were not asked whether the server has lived through it.
 */
final class IncrementalServersIT {
    private static final int SEGMENT = 1 << 20;

    private static LocalCluster cluster;
    private static TestServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        cluster = safe();
        server = new TestServer(15, cluster);
    }

    /** One that writes safely, but not soon. */
    private static LocalCluster safe() {
        return PostgresServers.own(
                15,
                PostgresServers.options()
                        .setting("fsync", "on")
                        .setting("full_page_writes", "on")
                        .setting("autovacuum", "off")
                        .setting("wal_writer_delay", "10s"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void a_server_that_was_set_back_is_known_by_its_other_transactions() throws Exception {
        try (TestDatabase database = filled("back")) {
            var bench = Workbench.of(folder, database);
            Manifest first = bench.backup();
            Path saved = save();
            database.execute("UPDATE t SET v = 'lost' WHERE id <= 5");
            database.execute("DELETE FROM t WHERE id BETWEEN 10 AND 15");
            bench.backup();
            putBack(saved);
            // The same number of rows, written by transactions of the same numbers.
            database.execute("UPDATE t SET v = 'instead' WHERE id BETWEEN 6 AND 10");
            database.execute("DELETE FROM t WHERE id BETWEEN 20 AND 25");
            goOn(database);

            Manifest third = bench.backup();
            assertRight(bench, third);
            assertThat(reading(third).base()).isEqualTo(first.name());
        }
    }

    @Test
    void a_crash_that_lost_what_a_backup_saw_is_noticed() throws Exception {
        try (TestDatabase database = filled("crash")) {
            server.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = off");
            server.execute("CHECKPOINT");
            signal("STOP", database.ask("SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'"));
            var bench = Workbench.of(folder, database);
            database.execute("UPDATE t SET v = 'lost' WHERE id <= 5");
            bench.backup();
            cluster.stop();
            cluster.startAgain();
            assertThat(database.count("t WHERE v = 'lost'")).isZero();
            database.execute("UPDATE t SET v = 'instead' WHERE id BETWEEN 6 AND 10");
            goOn(database);

            Manifest second = bench.backup();
            assertRight(bench, second);
            assertThat(reading(second).whole()).contains("does not remember that backup");
        }
    }

    @Test
    void a_database_made_of_a_copy_under_the_same_name_is_another_one() {
        TestDatabase database = filled("shop");
        String name = database.name();
        TestDatabase other = server.databaseToBe(name + "_old");
        try (database; other) {
            server.execute("CREATE DATABASE " + name + "_copy TEMPLATE " + name);
            var bench = Workbench.of(folder, database);
            database.execute("UPDATE t SET v = 'only here' WHERE id <= 5");
            bench.backup();
            server.execute("ALTER DATABASE " + name + " RENAME TO " + name + "_old");
            server.execute("ALTER DATABASE " + name + "_copy RENAME TO " + name);

            Manifest second = bench.backup();
            assertRight(bench, second);
            assertThat(reading(second).whole()).isEqualTo("the database was created anew");
        }
    }

    @Test
    void a_standby_that_was_promoted_goes_another_way() throws Exception {
        try (LocalCluster own = safe()) {
            TestDatabase database = fill(new TestServer(15, own).database("promoted"));
            var bench = Workbench.of(folder, database);
            bench.backup();
            database.execute("CHECKPOINT");
            own.stop();
            Path signal = own.dataFolder().resolve("standby.signal");
            Files.createFile(signal);
            own.startAgain();
            assertThat(database.ask("SELECT pg_promote()")).isEqualTo("t");

            Manifest second = bench.backup();
            assertRight(bench, second);
            assertThat(reading(second).whole()).contains("timeline 1, now 2");
        }
    }

    @Test
    void a_server_that_does_not_write_safely_is_trusted_until_it_is_started_anew() {
        try (LocalCluster own = PostgresServers.own(15)) {
            TestDatabase database = fill(new TestServer(15, own).database("unsafe"));
            var bench = Workbench.of(folder, database);
            Manifest first = bench.backup();
            Manifest second = bench.backup();
            assertThat(reading(second).base()).isEqualTo(first.name());
            own.restart();
            Manifest third = bench.backup();
            assertRight(bench, third);
            assertThat(reading(third).whole()).contains("does not write safely");
        }
    }

    @Test
    void transactions_are_told_apart_over_a_thousand_million_and_no_more() throws Exception {
        try (LocalCluster own = safe()) {
            TestDatabase database = fill(new TestServer(15, own).database("around"));
            var bench = Workbench.of(folder, database);
            Manifest first = bench.backup();
            jump(own, 1_000_000_000L);
            database.execute("UPDATE t SET v = 'later' WHERE id <= 5");
            Manifest second = bench.backup();
            assertRight(bench, second);
            assertThat(reading(second).base()).isEqualTo(first.name());
            assertThat(reading(second).bytesRead()).isLessThan(reading(second).bytesInAll() / 2);

            freezeAll(new TestServer(15, own));
            jump(own, 2_200_000_000L);
            database.execute("UPDATE t SET v = 'much later' WHERE id BETWEEN 11 AND 15");
            Manifest third = bench.backup();
            assertRight(bench, third);
            assertThat(reading(third).base()).isNull();

            // By their raw numbers the oldest rows are yet to come.
            assertThat(database.ask("SELECT min(age(xmin)) < 0 FROM t")).isEqualTo("t");
            database.execute("UPDATE t SET v = 'at last' WHERE id BETWEEN 21 AND 25");
            Manifest fourth = bench.backup();
            assertRight(bench, fourth);
            assertThat(reading(fourth).base()).isEqualTo(third.name());
            assertThat(reading(fourth).bytesRead()).isLessThan(reading(fourth).bytesInAll() / 2);
        }
    }

    @Test
    void a_role_that_may_only_select_and_whose_sessions_only_read_has_backups_one_upon_the_other() throws Exception {
        TestDatabase database = filled("plain");
        try (PlainRole role = PlainRole.owning(database, "")) {
            database.execute("GRANT SELECT ON t TO " + role.name());
            server.execute("ALTER ROLE " + role.name() + " SET default_transaction_read_only = on");
            var bench = Workbench.of(folder, role.url());
            Manifest first = bench.backup();
            database.execute("UPDATE t SET v = 'later' WHERE id <= 5");
            Manifest second = bench.backup();
            assertRight(bench, second);
            assertThat(reading(second).base()).isEqualTo(first.name());
            assertThat(reading(second).bytesRead()).isLessThan(reading(second).bytesInAll() / 2);
        }
    }

    @Test
    void a_page_that_was_changed_behind_the_servers_back_is_found_by_a_backup_that_reads_everything() throws Exception {
        try (TestDatabase database = filled("page")) {
            var bench = Workbench.of(folder, database);
            database.execute("UPDATE t SET v = 'findthispattern' WHERE id = 7");
            bench.backup();
            server.execute("CHECKPOINT");
            Path file = cluster.dataFolder().resolve(database.ask("SELECT pg_relation_filepath('t')"));
            cluster.restart();
            cluster.stop();
            replace(file, "findthispattern", "FINDTHISPATTERN");
            cluster.startAgain();
            assertThat(database.count("t WHERE v = 'FINDTHISPATTERN'")).isOne();

            Manifest second = bench.backup();
            assertThat(reading(second).bytesRead()).isZero();
            Manifest full = bench.backup(IncrementalIT.full());
            assertRight(bench, full);
            assertThat(reading(full).whole()).isEqualTo("it was asked for");
            assertThat(full.tables().getFirst().content())
                    .isNotEqualTo(second.tables().getFirst().content());
        }
    }

    private static TestDatabase filled(String name) {
        return fill(server.database(name));
    }

    private static TestDatabase fill(TestDatabase database) {
        database.execute("CREATE TABLE t (id int, v text);"
                + " INSERT INTO t SELECT i, md5(i::text) FROM generate_series(1, 2000) i");
        return database;
    }

    /** As many transactions and as much WAL as there have ever been. */
    private static void goOn(TestDatabase database) {
        database.execute("CREATE TABLE more (v text); INSERT INTO more SELECT repeat(md5(i::text), 50) FROM"
                + " generate_series(1, 3000) i");
        database.execute("DO $$ BEGIN FOR i IN 1..600 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");
        database.execute("DROP TABLE more");
    }

    private static void assertRight(Workbench bench, Manifest made) {
        StoredRows.compare(bench.pgkeep().repository().chunks().store(), made, bench.target());
    }

    private static Reading reading(Manifest made) {
        return Objects.requireNonNull(Objects.requireNonNull(made.copies().getFirst().chunks()).reading());
    }

    private Path save() throws Exception {
        server.execute("CHECKPOINT");
        cluster.stop();
        Path saved = cluster.dataFolder().resolveSibling("saved");
        done("rm", "-rf", saved.toString());
        done("cp", "-a", cluster.dataFolder().toString(), saved.toString());
        cluster.startAgain();
        return saved;
    }

    private void putBack(Path saved) throws Exception {
        cluster.stop();
        done("rm", "-rf", cluster.dataFolder().toString());
        done("mv", saved.toString(), cluster.dataFolder().toString());
        cluster.startAgain();
    }

    private static void freezeAll(TestServer on) {
        on.execute("ALTER DATABASE template0 ALLOW_CONNECTIONS true");
        for (String name : on.databaseToBe("postgres").column("SELECT datname FROM pg_database")) {
            on.databaseToBe(name).execute("VACUUM (FREEZE)");
        }
        on.execute("CHECKPOINT");
    }

    /** Goes on at another transaction, as after very many. */
    private void jump(LocalCluster of, long next) throws Exception {
        Path data = of.dataFolder();
        Path programs = of.programs().folder();
        asOwner(data, programs.resolve("pg_ctl").toString(), "stop", "-s", "-w", "-m", "fast", "-D", data.toString());
        asOwner(data, programs.resolve("pg_resetwal").toString(), "-x", Long.toString(next), "-D", data.toString());
        Path segment = data.resolve("pg_xact").resolve(String.format("%04X", next / SEGMENT));
        asOwner(data, "dd", "if=/dev/zero", "of=" + segment, "bs=256k", "count=1", "status=none");
        of.startAgain();
    }

    private void asOwner(Path data, String... words) throws Exception {
        String owner = Files.getOwner(data).getName();
        List<String> all = new ArrayList<>();
        if (!owner.equals(System.getProperty("user.name"))) {
            all.addAll(List.of("runuser", "-u", owner, "--"));
        }
        all.addAll(List.of(words));
        done(all.toArray(String[]::new));
    }

    private static void signal(String name, String pid) throws Exception {
        done("kill", "-" + name, pid);
    }

    private static void done(String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as(String.join(" ", words)).isZero();
    }

    private static void replace(Path file, String from, String to) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        int at = text.indexOf(from);
        assertThat(at).isPositive();
        System.arraycopy(to.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 0, bytes, at, to.length());
        Files.write(file, bytes);
    }
}
