package dev.pgkeep.postgres.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What real programs really say, turned into errors. */
@Timeout(120)
class ClientErrorsIT {
    private static LocalCluster cluster;
    private static Connection connection;
    private static ClientSet tools;

    @BeforeAll
    static void start() throws SQLException {
        var environment = Map.of("PATH", "/usr/bin:/bin");
        var parent = Path.of(System.getProperty("java.io.tmpdir"));
        cluster = LocalCluster.start(
                ServerPrograms.find(environment, List.of()),
                ClusterOptions.in(parent).setting("max_locks_per_transaction", "10"));
        connection = connect();
        run("create role app login password 'tops3cret'");
        run(
                "create table hidden (id int); alter table hidden enable row level security; grant select on hidden to app");
        run("create table closed (id int)");
        run("create table plain (note text); insert into plain values ('größe €')");
        tools = ClientTools.find(environment, Optional.empty())
                .chooseForDump(new Version(cluster.programs().major(), 0));
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        cluster.close();
    }

    @Test
    void row_security() {
        assertThat(failure(as("app"), "--table=hidden").code()).isEqualTo(ErrorCode.ROWS_HIDDEN);
    }

    @Test
    void a_missing_right() {
        assertThat(failure(as("app"), "--table=closed"))
                .hasMessageContaining("closed")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RIGHTS_MISSING));
    }

    @Test
    void a_lock_that_does_not_come() throws SQLException {
        try (var other = connect()) {
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                statement.execute("lock table plain in access exclusive mode");
            }
            assertThat(failure(as("postgres"), "--table=plain", "--lock-wait-timeout=100"))
                    .hasMessageContaining("plain")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCK_BUSY));
            other.rollback();
        }
    }

    @Test
    void no_such_table() {
        assertThat(failure(as("postgres"), "--table=nothing").code()).isEqualTo(ErrorCode.USAGE);
    }

    @Test
    void no_such_database_wrong_password_and_no_server() {
        assertThat(failure(with("PGDATABASE", "nope")).code()).isEqualTo(ErrorCode.DATABASE_MISSING);
        assertThat(failure(with("PGPASSWORD", "wr0ngword")))
                .hasMessageNotContaining("wr0ngword")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.LOGIN_FAILED));
        assertThat(failure(with("PGPORT", "1")).code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
    }

    @Test
    void too_many_tables_for_the_servers_lock_table() throws SQLException {
        run("create schema many");
        for (int part = 0; part < 20; part++) {
            run("do $$ begin for i in 1..200 loop execute format('create table many.t_" + part
                    + "_%s (id int)', i); end loop; end $$");
        }
        var failure = failure(as("postgres"), "--schema=many");
        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_FAILED);
        assertThat(failure.hint()).contains("max_locks_per_transaction");
        for (int part = 0; part < 20; part++) {
            run("do $$ begin for i in 1..200 loop execute format('drop table many.t_" + part
                    + "_%s', i); end loop; end $$");
        }
    }

    @Test
    void a_full_disk() {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        assertThat(failure(as("postgres"), "--table=plain", "--file=/dev/full").code())
                .isEqualTo(ErrorCode.DISK_FULL);
    }

    @Test
    void a_taker_whose_disk_is_full() {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        var process = dump(as("postgres"), "--table=plain").stdoutTo(stdout -> {
            try (var out = Files.newOutputStream(Path.of("/dev/full"))) {
                stdout.transferTo(out);
            }
        });
        assertThatThrownBy(() -> process.run(new Cancellation()))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
    }

    @Test
    void speaking_english_does_not_change_the_encoding_of_a_dump() {
        var dump = new ByteArrayOutputStream();
        var result = dump(as("postgres"), "--table=plain")
                .stdoutTo(stdout -> stdout.transferTo(dump))
                .run(new Cancellation());
        assertThat(result.ok()).isTrue();
        assertThat(dump.toString(StandardCharsets.UTF_8)).contains("SET client_encoding = 'UTF8'", "größe €");
    }

    private static PgkeepException failure(Map<String, String> environment, String... arguments) {
        var result = dump(environment, arguments).run(new Cancellation());
        assertThat(result.ok()).isFalse();
        return ClientErrors.translate(Tool.PG_DUMP, result, ErrorCode.DUMP_FAILED);
    }

    private static ClientProcess dump(Map<String, String> environment, String... arguments) {
        return new ClientProcess(tools.command(Tool.PG_DUMP, arguments)).environment(environment);
    }

    private static Map<String, String> as(String user) {
        var environment = with("PGUSER", user);
        environment.put("PGPASSWORD", user.equals("app") ? "tops3cret" : cluster.password());
        return environment;
    }

    private static Map<String, String> with(String name, String value) {
        var environment = new HashMap<>(Map.of(
                "PGHOST", cluster.host(),
                "PGPORT", Integer.toString(cluster.port()),
                "PGUSER", cluster.superuser(),
                "PGPASSWORD", cluster.password(),
                "PGDATABASE", "postgres"));
        environment.put(name, value);
        return environment;
    }

    private static Connection connect() throws SQLException {
        String url = "jdbc:postgresql://" + cluster.host() + ":" + cluster.port() + "/postgres";
        return DriverManager.getConnection(url, cluster.superuser(), cluster.password());
    }

    private static void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
