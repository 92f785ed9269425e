package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.Pooler;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real pooler in between, on a port that does not look like one. */
final class PoolerIT {
    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Forms(
            value = "transaction",
            campaign = {"statement"})
    void a_pooler_that_shares_sessions_is_found_out_before_anything_happens(String mode) throws Exception {
        try (var pooler = Pooler.of(bench.database().server(), mode)) {
            bench.database().execute("alter database " + bench.database().name() + " set statement_timeout = '37s'");
            Bench pooled = bench.through(pooler.url(bench.database()));
            String earlier = bench.backup();
            var before = bench.content();
            for (String[] words : new String[][] {
                {"backup"}, {"backup", "--format", "custom"}, {"restore", earlier, "--yes"}, {"verify", "--restore"}
            }) {
                assertThat(pooled.fails(5, words).stderr())
                        .contains("[server.unsupported]", "pooler", "DIRECT_URL", "pool_mode = session");
            }
            assertThat(pooled.pgkeep("doctor").output()).contains("pooler", "DIRECT_URL");
            assertThat(bench.names()).containsExactly(earlier);
            assertThat(bench.content()).isEqualTo(before);
            assertThat(settingsOfTheApplication(pooler)).isEqualTo("37s \"$user\", public");
            pooler.close();
            bench.nothingIsLeft();
        }
    }

    @Test
    void a_pooler_that_keeps_sessions_apart_is_good_for_backups() throws Exception {
        try (var pooler = Pooler.of(bench.database().server(), "session")) {
            Bench pooled = bench.through(pooler.url(bench.database()));
            bench.database().execute("alter database " + bench.database().name() + " set statement_timeout = '50ms'");
            String backup = pooled.backup();
            bench.run("verify", backup, "--restore");
            // Only its client programs want settings along with the connection, and restores need them.
            String copy = bench.database().name() + "_copy";
            assertThat(pooled.fails(5, "restore", backup, "--to", copy, "--create-db")
                            .stderr())
                    .contains("nothing was changed", "[server.unsupported]", "pooler", "DIRECT_URL");
            assertThat(bench.database().server().hasDatabase(copy)).isFalse();
        }
    }

    @Test
    void a_pooler_that_refuses_settings_is_called_one() throws IOException {
        try (var pooler = Pooler.of(bench.database().server(), "transaction")) {
            String url = pooler.url(bench.database()) + "?options=-c%20work_mem%3D8MB";
            assertThat(bench.through(url).fails(5, "backup").stderr())
                    .contains("startup parameter", "pooler", "DIRECT_URL");
        }
    }

    /** What a session has that an application gets from the pooler: nothing of ours may have stayed there. */
    private String settingsOfTheApplication(Pooler pooler) throws SQLException {
        var cluster = bench.database().server().cluster();
        String url = "jdbc:postgresql://127.0.0.1:" + pooler.port() + "/"
                + bench.database().name();
        try (Connection connection = DriverManager.getConnection(url, cluster.superuser(), cluster.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_setting('statement_timeout') || ' ' || current_setting('search_path')")) {
            row.next();
            return row.getString(1);
        }
    }
}
