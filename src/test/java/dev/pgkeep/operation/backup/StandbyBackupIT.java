package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.postgres.tools.KnownHole;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.Workbench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a standby whose release damages itself where sessions share a snapshot. */
final class StandbyBackupIT {
    private static LocalCluster standby;

    @TempDir
    private Path folder;

    @BeforeAll
    static void fillAndFollow() throws Exception {
        standby = PostgresServers.own(
                15, PostgresServers.options().setting("wal_level", "replica").setting("log_statement", "all"));
        try (var connection = DriverManager.getConnection("jdbc:" + jdbc(), standby.superuser(), standby.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id int PRIMARY KEY, v text);"
                    + " INSERT INTO t SELECT i, 'row ' || i FROM generate_series(1, 1000) i;"
                    + " CREATE TABLE e (); CREATE UNLOGGED TABLE u (n int); INSERT INTO u VALUES (1); CHECKPOINT");
        }
        standby.stop();
        Files.createFile(standby.dataFolder().resolve("standby.signal"));
        standby.startAgain();
        try (var connection = DriverManager.getConnection("jdbc:" + jdbc(), standby.superuser(), standby.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    private static String jdbc() {
        return "postgresql://" + standby.host() + ":" + standby.port() + "/postgres";
    }

    @AfterAll
    static void stop() {
        standby.close();
    }

    @Test
    void a_chunked_backup_becomes_one_of_pg_dump_alone_and_says_why() {
        assumeAffected();
        var bench = Workbench.of(folder, standby.url("postgres"));
        var backup = bench.pgkeep().backup();
        var plan = backup.plan(BackupRequest.of(Kind.MANUAL), bench.target());
        assertThat(plan.notes()).anyMatch(note -> note.startsWith("one session, and the format custom, because"));
        Manifest manifest = backup.run(plan);
        assertThat(manifest.copies()).extracting(Manifest.Copy::format).containsExactly(Format.CUSTOM);
        assertThat(manifest.rows()).isEqualTo(1000);
    }

    @Test
    void a_folder_is_written_by_one_session_that_shares_nothing() throws Exception {
        assumeAffected();
        var bench = Workbench.of(folder, standby.url("postgres"));
        Manifest manifest = bench.backup(Workbench.of(Format.DIRECTORY, "gzip"));
        assertThat(manifest.rows()).isEqualTo(1000);
        String log = Files.readString(standby.log());
        assertThat(log)
                .contains("COPY public.t")
                .doesNotContain("SET TRANSACTION SNAPSHOT")
                .doesNotContain("pg_export_snapshot");
    }

    @Test
    void several_forms_of_one_moment_are_refused_with_the_ways_out() {
        assumeAffected();
        var bench = Workbench.of(folder, standby.url("postgres"));
        var request =
                Workbench.request(List.of(Format.CUSTOM, Format.PLAIN), Optional.empty(), Content.ALL, Filters.NONE);
        assertThatThrownBy(() -> bench.backup(request)).isInstanceOfSatisfying(PgkeepException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.SERVER_UNSUPPORTED);
            assertThat(e.hint()).contains("15.20");
        });
    }

    @Test
    void its_snapshot_is_exported_to_nobody() {
        assumeAffected();
        var bench = Workbench.of(folder, standby.url("postgres"));
        try (Snapshot snapshot = Snapshot.take(new Connector(), bench.target(), "test")) {
            assertThat(snapshot.shared()).isEmpty();
            assertThatThrownBy(snapshot::id).hasMessageContaining("may damage rows");
        }
    }

    private static void assumeAffected() {
        Version version = Version.parse(standby.programs().version()).orElseThrow();
        assumeTrue(KnownHole.STANDBY_SNAPSHOT.isIn(version), "this release is mended");
    }
}
