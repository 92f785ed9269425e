package dev.pgkeep.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Against one real server with TLS, IPv6, a unix socket and a user whose password has every odd character. */
@Timeout(120)
final class ConnectorIT {
    /** Test folders of their own are closed to the user that the server runs as when the tests run as root. */
    private static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"));

    private static final String PASSWORD = "p@ss:w/rd#%?&=+ [x]'\"\\ü";
    private static final String ENCODED = PercentEncoding.encode(PASSWORD).replace("/", "%2F");

    @TempDir
    static Path folder;

    private static LocalCluster cluster;
    private static Path certificate;

    @TempDir
    Path home;

    private final Connector connector = new Connector();

    @BeforeAll
    static void startServer() throws Exception {
        var tls = ServerCertificate.make(folder);
        certificate = tls.certificate();
        cluster = LocalCluster.start(
                ServerPrograms.find(System.getenv(), List.of()),
                ClusterOptions.in(PARENT).withIpv6().withTls(tls));
        try (Connection connection = superuser();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE app LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "'");
            statement.execute("CREATE ROLE nologin_app PASSWORD 'x'");
            statement.execute("CREATE DATABASE shop OWNER app");
            statement.execute("CREATE DATABASE closed ALLOW_CONNECTIONS false");
            statement.execute("CREATE DATABASE private");
            statement.execute("REVOKE CONNECT ON DATABASE private FROM PUBLIC");
            statement.execute("CREATE ROLE single LOGIN PASSWORD 'single' CONNECTION LIMIT 1");
        }
    }

    @AfterAll
    static void stopServer() {
        cluster.close();
    }

    private static Connection superuser() {
        return new Connector()
                .open(
                        TargetReader.read(cluster.url("postgres"), Map.of(), folder, "test")
                                .target(),
                        "pgkeep test");
    }

    private Target target(String text) {
        return TargetReader.read(
                        text.replace("PORT", "" + cluster.port()).replace("PW", ENCODED), Map.of(), home, "--url")
                .target();
    }

    private String ask(Target target, String question) throws SQLException {
        try (Connection connection = connector.open(target, "pgkeep test");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private PgkeepException failure(Target target) {
        var failure = catchThrowableOfType(
                PgkeepException.class,
                () -> connector.open(target, "pgkeep test").close());
        assertThat(failure).as("opening " + target).isNotNull();
        String everything = failure.getMessage() + failure.hint() + failure + String.valueOf(failure.getCause());
        assertThat(everything).doesNotContain(PASSWORD, ENCODED, "wr0ng");
        return failure;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://app:PW@localhost:PORT/shop",
                "postgresql://app:PW@127.0.0.1:PORT/shop",
                "postgresql://app:PW@[::1]:PORT/shop",
                "jdbc:postgresql://localhost:PORT/shop?user=app&password=PW",
                "postgresql://app:PW@127.0.0.1:1,localhost:PORT/shop",
                "postgresql://app:PW@no-such-host.invalid:1,localhost:PORT/shop",
                "postgresql://app:PW@name-in-the-certificate:PORT/shop?hostaddr=127.0.0.1",
            })
    void every_way_in_leads_to_the_same_database(String text) throws SQLException {
        assertThat(ask(
                        target(text),
                        "SELECT current_database() || ' ' || current_user || ' '"
                                + " || current_setting('application_name')"))
                .isEqualTo("shop app pgkeep test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?sslmode=disable", "?sslmode=require", "?host=SOCKETS"})
    void rows_of_copy_are_taken_from_every_kind_of_connection_as_the_driver_gives_them(String query) throws Exception {
        String sockets = cluster.socketFolder().orElseThrow().toString();
        try (Connection connection = connector.open(
                target("postgresql://app:PW@localhost:PORT/shop" + query.replace("SOCKETS", sockets)), "pgkeep test")) {
            String rows = "COPY (SELECT i, repeat(md5(i::text), CASE WHEN i % 700 = 1 THEN 9000 ELSE i % 9 END)"
                    + " FROM generate_series(1, 3000) i) TO STDOUT (FORMAT binary)";
            List<byte[]> given = copied(connection, rows, Optional.empty());
            CopyMessages messages = CopyMessages.on(connection).orElseThrow();
            assertThat(copied(connection, rows, Optional.of(messages))).containsExactlyElementsOf(given);
            assertThat(given).hasSizeGreaterThan(2_990);
            assertThatThrownBy(() -> copied(
                            connection,
                            "COPY (SELECT 1 / (2000 - i) FROM generate_series(1, 3000) i) TO STDOUT",
                            Optional.of(messages)))
                    .hasMessageContaining("division by zero");
            assertThat(copied(connection, rows, CopyMessages.on(connection))).containsExactlyElementsOf(given);
        }
    }

    private static List<byte[]> copied(Connection connection, String command, Optional<CopyMessages> messages)
            throws SQLException {
        List<byte[]> rows = new ArrayList<>();
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(command);
        byte[] row;
        do {
            while (messages.isPresent() && messages.get().next()) {
                CopyMessages there = messages.get();
                rows.add(Arrays.copyOfRange(there.bytes(), there.offset(), there.offset() + there.length()));
                there.skip();
            }
            row = copy.readFromCopy();
            if (row != null) {
                rows.add(row);
            }
        } while (row != null);
        return rows;
    }

    @Test
    void an_unencoded_password_works_too() throws SQLException {
        String url = "postgresql://app:" + PASSWORD + "@localhost:" + cluster.port() + "/shop?sslmode=prefer";
        assertThat(ask(TargetReader.read(url, Map.of(), home, "--url").target(), "SELECT current_user"))
                .isEqualTo("app");
    }

    @Test
    void a_unix_socket_carries_large_values_both_ways_and_leaves_encryption_out() throws SQLException {
        Path sockets = cluster.socketFolder().orElseThrow();
        Target target = target("postgresql://app:PW@localhost:PORT/shop?sslmode=require&host=" + sockets);
        assertThat(ask(target, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                .isEqualTo("f");
        byte[] large = "0123456789".repeat(1_500_000).getBytes(StandardCharsets.US_ASCII);
        try (Connection connection = connector.open(target, "pgkeep test");
                var statement = connection.prepareStatement("SELECT ?::bytea")) {
            statement.setBytes(1, large);
            var rows = statement.executeQuery();
            rows.next();
            assertThat(rows.getBytes(1)).isEqualTo(large);
        }
    }

    @Test
    void a_statement_over_a_unix_socket_can_be_cancelled_and_timed_out() throws Exception {
        Path sockets = cluster.socketFolder().orElseThrow();
        Target target = target("postgresql://app:PW@/shop?port=PORT&host=" + sockets);
        try (Connection connection = connector.open(target, "pgkeep test");
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            var cancelled = catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_sleep(60)"));
            assertThat(cancelled.getSQLState()).isEqualTo("57014");
            statement.setQueryTimeout(0);
            connection.setNetworkTimeout(Runnable::run, 500);
            var timedOut = catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_sleep(60)"));
            assertThat(timedOut.getSQLState()).startsWith("08");
        }
    }

    @Test
    void connecting_has_a_time_limit_and_statements_have_none() throws SQLException {
        assertThat(ask(target("postgresql://app:PW@localhost:PORT/shop?connect_timeout=1"), "SELECT pg_sleep(2)"))
                .isEmpty();
    }

    @Test
    void encryption_is_used_where_the_server_offers_it_and_as_the_mode_asks() throws SQLException {
        String question = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        String url = "postgresql://app:PW@localhost:PORT/shop";
        assertThat(ask(target(url), question)).isEqualTo("t");
        assertThat(ask(target(url + "?sslmode=require"), question)).isEqualTo("t");
        assertThat(ask(target(url + "?sslmode=no-verify"), question)).isEqualTo("t");
        assertThat(ask(target(url + "?sslmode=disable"), question)).isEqualTo("f");
        assertThat(ask(target(url + "?sslmode=verify-full&sslrootcert=" + certificate), question))
                .isEqualTo("t");
        assertThat(ask(target(url + "?sslaccept=strict&sslcert=" + certificate), question))
                .isEqualTo("t");
        assertThat(ask(
                        target(url.replace("localhost", "127.0.0.1") + "?sslmode=verify-ca&sslrootcert=" + certificate),
                        question))
                .isEqualTo("t");
    }

    @Test
    void a_certificate_that_cannot_be_trusted_is_refused() throws Exception {
        String url = "postgresql://app:PW@localhost:PORT/shop";
        Path stranger = ServerCertificate.make(Files.createDirectory(home.resolve("other")))
                .certificate();
        for (String query : List.of("?sslmode=verify-ca", "?sslmode=verify-full", "?sslmode=require")) {
            var failure = failure(target(url + query + "&sslrootcert=" + stranger));
            assertThat(failure.code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
            assertThat(failure).hasMessageContaining("not trusted");
        }
        assertThat(failure(target(url + "?sslrootcert=system"))).hasMessageContaining("not trusted");
        assertThat(failure(target(
                        url.replace("localhost", "127.0.0.1") + "?sslmode=verify-full&sslrootcert=" + certificate)))
                .hasMessageContaining("another host name");
        var missing = failure(target(url + "?sslmode=verify-ca&sslrootcert=/no/such/file"));
        assertThat(missing.code()).isEqualTo(ErrorCode.CONNECTION_INVALID);
        assertThat(missing.hint()).contains("sslrootcert");
    }

    @Test
    void a_server_without_encryption_is_told_when_encryption_is_asked_for() {
        var options = ClusterOptions.in(PARENT).withTrust();
        try (var plain = LocalCluster.start(cluster.programs(), options)) {
            var failure =
                    failure(target("postgresql://postgres@localhost:" + plain.port() + "/postgres?sslmode=require"));
            assertThat(failure).hasMessageContaining("offers no encryption");
            assertThat(failure.hint()).contains("sslmode=prefer");
        }
    }

    @Test
    void a_wrong_password_and_a_missing_one_are_told_apart() {
        var wrong = failure(target("postgresql://app:wr0ng@localhost:PORT/shop"));
        assertThat(wrong.code()).isEqualTo(ErrorCode.LOGIN_FAILED);
        assertThat(wrong).hasMessage("the server on localhost:" + cluster.port() + " refused the password of app");
        assertThat(wrong.hint()).contains("--url");
        var missing = failure(target("postgresql://app@localhost:PORT/shop"));
        assertThat(missing.code()).isEqualTo(ErrorCode.LOGIN_FAILED);
        assertThat(missing).hasMessageContaining("none was given");
        assertThat(missing.hint()).contains("PGPASSWORD", ".pgpass");
    }

    @Test
    void a_missing_database_is_told_with_the_one_that_was_meant() {
        var failure = failure(target("postgresql://app:PW@localhost:PORT/shpo"));
        assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_MISSING);
        assertThat(failure.hint()).contains("did you mean shop?", "createdb shpo");
        assertThat(failure(target("postgresql://app:PW@localhost:PORT/entirely_other"))
                        .hint())
                .contains("the server has", "shop");
    }

    @Test
    void a_user_who_may_not_come_in_is_told_why() {
        assertThat(failure(target("postgresql://nologin_app:x@localhost:PORT/shop"))
                        .code())
                .isEqualTo(ErrorCode.LOGIN_FAILED);
        var noRight = failure(target("postgresql://app:PW@localhost:PORT/private"));
        assertThat(noRight.code()).isEqualTo(ErrorCode.LOGIN_FAILED);
        assertThat(noRight.hint()).contains("GRANT CONNECT ON DATABASE private TO app");
        assertThat(failure(target("postgresql://app:PW@localhost:PORT/closed")))
                .hasMessageContaining("accepts no connections");
    }

    @Test
    void too_many_connections_are_told_as_such() throws SQLException {
        Target target = target("postgresql://single:single@localhost:PORT/shop");
        try (Connection held = connector.open(target, "pgkeep test")) {
            assertThat(held.isValid(1)).isTrue();
            var failure = failure(target);
            assertThat(failure.code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
            assertThat(failure).hasMessageContaining("takes no more connections");
        }
    }

    @Test
    void a_server_that_is_down_is_told_with_how_to_start_it() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        var failure = failure(target("postgresql://app:PW@localhost:" + free + "/shop"));
        assertThat(failure.code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
        assertThat(failure).hasMessage("nothing listens on localhost:" + free);
        assertThat(failure.hint()).contains("systemctl start postgresql");
        assertThat(failure(target("postgresql://app:PW@localhost:1,localhost:" + free + "/shop")))
                .hasMessageContaining("none of localhost:1, localhost:" + free);
        assertThat(failure(target("postgresql://app:PW@/shop?host=" + home)))
                .hasMessageContaining("there is no socket " + home);
    }

    @Test
    void a_host_that_has_no_address_and_a_server_that_says_nothing_are_told() throws IOException {
        assertThat(failure(target("postgresql://app:PW@no-such-host.invalid/shop")))
                .hasMessageContaining("no-such-host.invalid is not known");
        try (var silent = new ServerSocket(0)) {
            long start = System.nanoTime();
            var failure = failure(target("postgresql://app:PW@127.0.0.1:" + silent.getLocalPort()
                    + "/shop?connect_timeout=1&sslmode=disable"));
            assertThat(failure.code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
            assertThat(failure).hasMessageContaining("did not answer within 1 s");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void a_session_role_that_no_server_has_is_told() throws SQLException {
        String url = "postgresql://app:PW@localhost:PORT/shop?target_session_attrs=";
        assertThat(ask(target(url + "read-write"), "SELECT 1")).isEqualTo("1");
        assertThat(ask(target(url + "primary"), "SELECT 1")).isEqualTo("1");
        assertThat(ask(target(url + "prefer-standby"), "SELECT 1")).isEqualTo("1");
        assertThat(failure(target(url + "standby"))).hasMessageContaining("is not standby");
        assertThat(failure(target(url + "nonsense")).code()).isEqualTo(ErrorCode.CONNECTION_INVALID);
    }

    @Test
    void a_setting_that_the_server_does_not_know_is_told() throws SQLException {
        String url = "postgresql://app:PW@localhost:PORT/shop?options=";
        assertThat(ask(target(url + "-c%20work_mem%3D7MB"), "SHOW work_mem")).isEqualTo("7MB");
        assertThat(failure(target(url + "-c%20no_such%3D1")).code()).isEqualTo(ErrorCode.CONNECTION_INVALID);
    }

    @Test
    void the_password_file_and_a_service_lead_in() throws Exception {
        Path file = Files.writeString(
                home.resolve(".pgpass"),
                "localhost:*:shop:app:" + PASSWORD.replace("\\", "\\\\").replace(":", "\\:") + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(ask(target("postgresql://app@localhost:PORT/shop"), "SELECT current_user"))
                .isEqualTo("app");
        Files.writeString(
                home.resolve(".pg_service.conf"),
                "[mine]\nhost=localhost\nport=" + cluster.port() + "\ndbname=shop\nuser=app\n");
        assertThat(ask(target("service=mine"), "SELECT current_database()")).isEqualTo("shop");
    }

    @Test
    void settling_keeps_the_one_server_that_answers() {
        Target settled = connector.settle(target("postgresql://app:PW@127.0.0.1:1,127.0.0.1:PORT/shop"));
        assertThat(settled.endpoints()).isEqualTo(List.of(new Endpoint("127.0.0.1", cluster.port())));
    }

    @Test
    void a_connection_beside_the_target_is_to_another_database() throws SQLException {
        try (Connection connection = connector.openBeside(target("postgresql://app:PW@localhost:PORT/none"), "x")) {
            assertThat(connection.getCatalog()).isEqualTo("postgres");
        }
    }

    @Test
    void a_child_of_libpq_gets_in_with_the_environment_alone() throws Exception {
        Path sockets = cluster.socketFolder().orElseThrow();
        for (String text : List.of(
                "postgresql://app:PW@localhost:PORT/shop?sslmode=verify-full&sslrootcert=" + certificate,
                "postgresql://app:PW@[::1]:PORT/shop",
                "postgresql://app:PW@/shop?port=PORT&host=" + sockets)) {
            assertThat(child(target(text))).isEqualTo("shop\n");
        }
    }

    @Test
    void a_client_certificate_in_pem_files_logs_in_here_and_in_children() throws Exception {
        var client = ServerCertificate.make(home, "cert_app");
        Files.setPosixFilePermissions(client.key(), PosixFilePermissions.fromString("rw-------"));
        Path trusted = Files.copy(client.certificate(), cluster.dataFolder().resolve("clients.crt"));
        Files.setPosixFilePermissions(trusted, PosixFilePermissions.fromString("rw-r--r--"));
        Path rules = cluster.dataFolder().resolve("pg_hba.conf");
        Files.writeString(rules, "hostssl all cert_app all cert\n" + Files.readString(rules));
        try (Connection connection = superuser();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE cert_app LOGIN");
            statement.execute("ALTER SYSTEM SET ssl_ca_file = 'clients.crt'");
            statement.execute("SELECT pg_reload_conf()");
        }
        String url = "postgresql://cert_app@localhost:PORT/shop?sslmode=verify-full&sslrootcert=" + certificate;
        Target target = target(url + "&sslcert=" + client.certificate() + "&sslkey=" + client.key());
        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(ask(target, "SELECT current_user")).isEqualTo("cert_app"));
        assertThat(child(target)).isEqualTo("shop\n");
        assertThat(failure(target(url)).code()).isEqualTo(ErrorCode.LOGIN_FAILED);
    }

    private static String child(Target target) throws Exception {
        Path psql = cluster.programs().folder().resolve("psql");
        var process = new ProcessBuilder(psql.toString(), "-w", "-X", "-Atc", "SELECT current_database()")
                .redirectErrorStream(true);
        target.libpqEnvironment().applyTo(process.environment());
        Process child = process.start();
        String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return child.waitFor() == 0 ? told : "failed: " + told;
    }

    @Test
    void a_server_that_goes_away_is_told_as_lost() throws SQLException {
        try (Connection connection = connector.open(target("postgresql://app:PW@localhost:PORT/shop"), "victim");
                Connection killer = superuser();
                var statement = connection.createStatement();
                var kill = killer.createStatement()) {
            kill.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'");
            var failure = catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_sleep(5)"));
            assertThat(SqlErrors.translate(failure, "counting").code()).isEqualTo(ErrorCode.SERVER_LOST);
        }
    }
}
