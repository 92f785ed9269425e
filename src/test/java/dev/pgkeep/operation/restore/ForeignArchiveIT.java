package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.KnownHole;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that pgkeep did not write, and a pg_restore that whoever wrote them could attack. */
final class ForeignArchiveIT {
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    @TempDir
    private Path folder;

    private TestDatabase database;

    @BeforeEach
    void fill() {
        database = PostgresServers.any().database();
        database.execute("CREATE TABLE t (n int); INSERT INTO t SELECT generate_series(1, 9)");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void they_are_read_by_nothing_that_they_can_attack_unless_somebody_insists() throws Exception {
        ClientTools installed = ClientTools.find(Map.of("PATH", PATH), Optional.empty());
        assumeTrue(!installed.sets().isEmpty(), "no clients are installed");
        assumeTrue(
                installed.sets().stream().map(ClientSet::version).allMatch(KnownHole.CRAFTED_ARCHIVE::isIn),
                "a mended pg_restore is installed, and taken");
        Path archive = dump(installed, "their.dump", "-Fc");
        Path script = dump(installed, "their.sql", "-Fp");
        database.execute("DROP TABLE t");
        InProcessPgkeep pgkeep =
                InProcessPgkeep.on(database, folder).env("PATH", PATH).env("PGKEEP_ALLOW_OLD_CLIENT", "false");

        for (List<String> words : List.of(
                List.of("restore", archive.toString(), "--yes"),
                List.of("export", archive.toString(), "--format", "plain", "--to", "copy.sql"))) {
            var refused = pgkeep.run(words.toArray(String[]::new));
            assertThat(refused.status()).as(words + refused.output()).isNotZero();
            assertThat(refused.stderr())
                    .contains("[tools.too-old]", "their.dump was not written by pgkeep", "--allow-old-client");
        }
        assertThat(database.column("SELECT relname FROM pg_class WHERE relname = 't'"))
                .isEmpty();

        var plain = pgkeep.run("restore", script.toString(), "--yes");
        assertThat(plain.status()).as(plain.output()).isZero();
        var insisted = pgkeep.run("restore", archive.toString(), "--yes", "--allow-old-client");
        assertThat(insisted.status()).as(insisted.output()).isZero();
        assertThat(database.count("t")).isEqualTo(9);

        // Its own backups are pgkeep's own matter.
        assertThat(pgkeep.run("backup", "--format", "custom").status()).isZero();
        assertThat(pgkeep.run("verify").status()).isZero();
        assertThat(pgkeep.run("restore", "latest", "--yes").status()).isZero();
    }

    private Path dump(ClientTools installed, String name, String format) {
        Path file = folder.resolve(name);
        var cluster = database.server().cluster();
        List<String> command = new ArrayList<>(List.of("env", "PGPASSWORD=" + cluster.password()));
        command.addAll(installed.sets().getFirst().command(Tool.PG_DUMP, format));
        command.addAll(List.of(
                "--file=" + file,
                "--host=" + cluster.host(),
                "--port=" + cluster.port(),
                "--username=" + cluster.superuser(),
                database.name()));
        assertThat(Commands.run(command).status()).isZero();
        return file;
    }
}
