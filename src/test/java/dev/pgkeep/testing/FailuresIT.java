package dev.pgkeep.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the things that fail on demand: they fail when told to, and not before. */
final class FailuresIT {
    @TempDir
    Path folder;

    @Test
    void a_line_works_until_it_is_cut() throws Exception {
        try (var database = PostgresServers.any().database();
                var proxy = FlakyProxy.to(database.server().cluster().port());
                var connection = connect(proxy, database)) {
            assertThat(length(connection, 3_000_000)).isEqualTo(3_000_000);
            proxy.cut();
            assertThatThrownBy(() -> length(connection, 1)).isInstanceOf(SQLException.class);
            try (var again = connect(proxy, database)) {
                assertThat(length(again, 1)).isEqualTo(1);
            }
        }
    }

    @Test
    void a_line_can_be_cut_in_the_middle_of_an_answer() throws Exception {
        try (var database = PostgresServers.any().database();
                var proxy = FlakyProxy.to(database.server().cluster().port());
                var connection = connect(proxy, database)) {
            proxy.cutAfter(500_000);
            assertThatThrownBy(() -> length(connection, 3_000_000)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void a_stalled_line_goes_on_when_it_is_resumed() throws Exception {
        try (var database = PostgresServers.any().database();
                var proxy = FlakyProxy.to(database.server().cluster().port());
                var connection = connect(proxy, database)) {
            proxy.stall();
            var asked = Thread.startVirtualThread(() -> {
                try {
                    length(connection, 5);
                } catch (SQLException failure) {
                    throw new AssertionError(failure);
                }
            });
            assertThat(asked.join(Duration.ofMillis(300))).isFalse();
            proxy.resume();
            assertThat(asked.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void a_refusing_line_takes_nobody() {
        try (var database = PostgresServers.any().database();
                var proxy = FlakyProxy.to(database.server().cluster().port())) {
            proxy.refuse();
            assertThatThrownBy(() -> connect(proxy, database).close()).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void a_small_disk_is_full_soon() throws IOException {
        try (var disk = SmallDisk.ofMegabytes(2)) {
            disk.leaveFree(100_000);
            Path file = disk.folder().resolve("file");
            assertThatThrownBy(() -> Files.write(file, new byte[500_000])).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_child_has_a_clean_environment_and_gives_status_and_both_streams() {
        var child = PgkeepProcess.in(folder).running(Echo.class);
        var result = child.env("SAID", "by env").args("a b", "it's").run("typed\n");
        assertThat(result.status()).isEqualTo(7);
        assertThat(result.stdout()).contains("[a b, it's]", "SAID=by env", "read typed", "console false");
        assertThat(result.stdout()).doesNotContain("PGPASSWORD");
        assertThat(result.stderr()).contains("complaint");
    }

    @Test
    void a_child_on_a_terminal_has_a_console() {
        var child = PgkeepProcess.in(folder).running(Echo.class).args("it's").onTerminal();
        try (var running = child.start()) {
            running.waitFor("console true");
            running.type("typed\n");
            var result = running.end();
            assertThat(result.status()).as(result.output()).isEqualTo(7);
            assertThat(result.stdout()).contains("[it's]", "read typed", "complaint");
        }
    }

    @Test
    void a_child_can_be_interrupted_and_killed() {
        for (var child : new PgkeepProcess[] {
            PgkeepProcess.in(folder).running(Echo.class),
            PgkeepProcess.in(folder).running(Echo.class).onTerminal()
        }) {
            try (var running = child.start()) {
                running.waitFor("console");
                running.interrupt();
                // The end of its input, which comes with end(), must not overtake the signal.
                running.handle().onExit().orTimeout(60, TimeUnit.SECONDS).join();
                assertThat(running.end().status()).isEqualTo(130);
            }
            try (var running = child.start()) {
                running.waitFor("console");
                running.kill();
                assertThat(running.end().status()).isNotZero();
            }
        }
    }

    private static Connection connect(FlakyProxy proxy, TestDatabase database) throws SQLException {
        var cluster = database.server().cluster();
        String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database.name();
        return DriverManager.getConnection(url, cluster.superuser(), cluster.password());
    }

    private static int length(Connection connection, int bytes) throws SQLException {
        try (var rows = connection.createStatement().executeQuery("select repeat('x', " + bytes + ")")) {
            rows.next();
            return rows.getString(1).length();
        }
    }
}
