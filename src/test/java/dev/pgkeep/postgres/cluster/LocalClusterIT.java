package dev.pgkeep.postgres.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LocalClusterIT {
    private static final ServerPrograms PROGRAMS = ServerPrograms.find(System.getenv(), List.of());

    private Path parent = Path.of("");

    @BeforeEach
    void make_a_place_that_every_user_can_enter() throws IOException {
        parent = Files.createTempDirectory("cluster-it-");
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterEach
    void nothing_is_left_behind() throws IOException {
        assertThat(left()).isEmpty();
        Files.delete(parent);
    }

    @Test
    void a_started_server_lets_its_superuser_in_and_is_gone_after_close() throws Exception {
        int port;
        try (var cluster = LocalCluster.start(PROGRAMS, ClusterOptions.in(parent))) {
            port = cluster.port();
            assertThat(ask(cluster, "select current_user || ' ' || current_setting('server_encoding')"))
                    .isEqualTo("postgres UTF8");
            assertThat(left()).hasSize(1);
        }
        assertThat(answers(port)).isFalse();
    }

    @Test
    void a_wrong_password_is_refused() {
        try (var cluster = LocalCluster.start(PROGRAMS, ClusterOptions.in(parent))) {
            assertThatThrownBy(() -> DriverManager.getConnection(jdbc(cluster), "postgres", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void options_reach_the_server() throws Exception {
        var options = ClusterOptions.in(parent)
                .withSuperuser("the owner")
                .withEncoding("LATIN1", "C")
                .withTrust()
                .setting("max_locks_per_transaction", "512")
                .setting("search_path", "it's, public");
        try (var cluster = LocalCluster.start(PROGRAMS, options)) {
            assertThat(ask(cluster, "select current_user || ' ' || current_setting('server_encoding')"))
                    .isEqualTo("the owner LATIN1");
            assertThat(ask(cluster, "show max_locks_per_transaction")).isEqualTo("512");
            assertThat(ask(cluster, "show search_path")).isEqualTo("it's, public");
        }
    }

    @Test
    void two_servers_live_side_by_side() throws Exception {
        try (var one = LocalCluster.start(PROGRAMS, ClusterOptions.in(parent));
                var two = LocalCluster.start(PROGRAMS, ClusterOptions.in(parent))) {
            assertThat(one.port()).isNotEqualTo(two.port());
            assertThat(ask(one, "select 1")).isEqualTo("1");
            assertThat(ask(two, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_server_that_was_stopped_or_has_crashed_comes_back_with_its_data() throws Exception {
        try (var cluster = LocalCluster.start(PROGRAMS, ClusterOptions.in(parent))) {
            try (var connection = connect(cluster)) {
                connection.createStatement().execute("create table kept as select 7 as n");
                cluster.kill();
                assertThatThrownBy(() -> connection.createStatement().execute("select 1"))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(answers(cluster.port())).isFalse();
            cluster.startAgain();
            assertThat(ask(cluster, "select n from kept")).isEqualTo("7");
            cluster.stop();
            assertThat(answers(cluster.port())).isFalse();
            cluster.startAgain();
            cluster.restart();
            assertThat(ask(cluster, "select n from kept")).isEqualTo("7");
        }
    }

    @Test
    void a_setting_that_the_server_refuses_is_told_and_leaves_nothing() {
        var options = ClusterOptions.in(parent).setting("no_such_setting", "1");
        assertThatThrownBy(() -> LocalCluster.start(PROGRAMS, options).close())
                .isInstanceOf(PgkeepException.class)
                .hasMessageContaining("no_such_setting")
                .extracting(failure -> ((PgkeepException) failure).code())
                .isEqualTo(ErrorCode.CLUSTER_FAILED);
    }

    @Test
    void the_server_goes_when_its_owner_is_killed() throws Exception {
        Process owner = owner(parent.toString());
        int port = port(owner);
        assertThat(answers(port)).isTrue();
        owner.destroyForcibly().waitFor();
        await().atMost(Duration.ofSeconds(20)).until(() -> !answers(port) && left().isEmpty());
    }

    @Test
    void the_server_is_gone_when_its_owner_has_exited_without_closing_it() throws Exception {
        Process owner = owner(parent.toString(), "exit");
        int port = port(owner);
        assertThat(owner.waitFor()).isZero();
        assertThat(answers(port)).isFalse();
        assertThat(left()).isEmpty();
    }

    @Test
    void what_a_dead_owner_and_a_dead_watchdog_left_is_removed_by_the_next_start() throws Exception {
        Process owner = owner(parent.toString());
        int port = port(owner);
        Stream<ProcessHandle> watchdogs = owner.toHandle().children();
        watchdogs.forEach(ProcessHandle::destroyForcibly);
        owner.destroyForcibly().waitFor();
        assertThat(answers(port)).isTrue();

        LocalCluster.start(PROGRAMS, ClusterOptions.in(parent)).close();

        assertThat(answers(port)).isFalse();
    }

    private List<Path> left() throws IOException {
        try (var entries = Files.list(parent)) {
            return entries.toList();
        }
    }

    private static Process owner(String... arguments) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        List<String> words = new ArrayList<>(
                List.of(java, "-cp", System.getProperty("java.class.path"), ClusterOwner.class.getName()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int port(Process owner) throws IOException {
        BufferedReader output = owner.inputReader(StandardCharsets.UTF_8);
        return Integer.parseInt(output.readLine());
    }

    private static boolean answers(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }

    private static String jdbc(LocalCluster cluster) {
        return "jdbc:postgresql://127.0.0.1:" + cluster.port() + "/postgres";
    }

    private static Connection connect(LocalCluster cluster) throws SQLException {
        return DriverManager.getConnection(jdbc(cluster), cluster.superuser(), cluster.password());
    }

    private static String ask(LocalCluster cluster, String query) throws SQLException {
        try (var connection = connect(cluster);
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
