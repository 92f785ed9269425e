package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing can be written: on a standby, and for roles whose sessions only read. */
final class StandbyIT {
    /** What changes a database, makes one, or needs temporary tables to look at one. */
    private static final List<List<String>> CHANGING = List.of(
            List.of("cleanup", "--table", "t", "--where", "n = 1"),
            List.of("cleanup", "--table", "t", "--where", "n = 1", "--execute", "--yes"),
            List.of("protect"),
            List.of("verify", "--restore"),
            List.of("restore", "latest", "--yes"),
            List.of("restore", "latest", "--swap", "--yes"),
            List.of("restore", "latest", "--to", "other", "--create-db", "--yes"),
            List.of("reset", "--yes", "--migrate", "true", "--no-seed"),
            List.of("guard", "--", "true"),
            List.of("rows", "export", "--table", "t", "--where", "n = 1", "--to-file", "rows.json"));

    @TempDir
    Path folder;

    @Test
    void on_a_standby_what_would_change_something_says_so_and_the_rest_works() throws IOException {
        try (LocalCluster cluster = PostgresServers.own(15)) {
            var server = new TestServer(15, cluster);
            TestDatabase database = server.database("shop");
            database.execute("create table t as select n from generate_series(1, 100) n");
            String url = database.url();
            done(url, "backup");
            cluster.stop();
            Files.createFile(cluster.dataFolder().resolve("standby.signal"));
            cluster.startAgain();
            for (List<String> command : CHANGING) {
                refused(url, command, "the server is a standby", "connect to the primary");
            }
            assertThat(pgkeep(url, "verify", "--restore").stderr()).contains("--on temporary");
            done(url, "verify", "--restore", "--on", "temporary");
            done(url, "status");
            done(url, "diff", "--exit-code");
            done(url, "list");
            done(url, "protect", "--dry-run");
            assertThat(pgkeep(url, "doctor").output()).contains("a standby");
        }
    }

    private void refused(String url, List<String> command, String message, String hint) {
        Finished finished = pgkeep(url, command.toArray(String[]::new));
        assertThat(finished.status()).as(command + finished.output()).isEqualTo(4);
        assertThat(finished.stderr())
                .as(String.join(" ", command))
                .contains(message, hint)
                .doesNotContain("cannot execute");
    }

    private void done(String url, String... words) {
        Finished finished = pgkeep(url, words);
        assertThat(finished.status())
                .as(String.join(" ", words) + finished.output())
                .isZero();
    }

    private Finished pgkeep(String url, String... words) {
        return InProcessPgkeep.in(folder)
                .environment(PostgresClients.environment())
                .env("DATABASE_URL", url)
                .env("BACKUP_DIR", folder.resolve("backups").toString())
                .run(words);
    }
}
