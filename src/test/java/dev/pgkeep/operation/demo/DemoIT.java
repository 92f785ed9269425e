package dev.pgkeep.operation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PgkeepProcess;
import dev.pgkeep.testing.RunningPgkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs the demo as a user does, and looks whether anything stays behind. */
@Isolated("it measures the machine")
final class DemoIT {
    @TempDir
    Path folder;

    private Path project;
    private Path temporary;

    @BeforeEach
    void make_a_project_and_a_place_for_temporary_files() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
        // The server may run as another user, who has to get there.
        for (Path each : List.of(folder, temporary)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    @Test
    void it_tells_the_story_to_its_good_end_in_less_than_a_minute() throws IOException {
        long started = System.nanoTime();
        var demo = demo().run();

        assertThat(demo.status()).as(demo.output()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(60));
        assertThat(demo.stdout())
                .containsPattern("order_items +200,000")
                .contains("$ pgkeep backup before-the-accident", "DROP TABLE order_items CASCADE;")
                .containsPattern("order lines +200,000 +gone +200,000")
                .containsPattern("products that cost nothing +0 +100 +0")
                .contains("All 348,660 rows are back, each as it was.")
                .containsPattern("before-the-accident proven: restored, 348,660 rows")
                .contains("export DATABASE_URL=", "pgkeep init");
        assertThat(demo.output()).doesNotContain("\u001b", "\r");
        assertNothingIsLeft();
    }

    @Test
    void what_is_configured_around_it_does_not_matter() throws IOException {
        Files.writeString(project.resolve("pgkeep.toml"), "nonsense = [");
        Files.writeString(project.resolve(".env"), "DATABASE_URL=postgresql://nobody@127.0.0.1:9/nothing\n");
        Files.writeString(project.resolve(".pgpass"), "*:*:*:*:wrong\n");
        var demo = demo("--json")
                .env("DATABASE_URL", "this is no URL")
                .env("DIRECT_URL", "postgresql://nobody@127.0.0.1:9/nothing")
                .env("TEST_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
                .env("PGHOST", "127.0.0.1")
                .env("PGPORT", "9")
                .env("PGUSER", "nobody")
                .env("PGPASSWORD", "wrong")
                .env("PGOPTIONS", "-c nonsense=1")
                .env("PGSSLMODE", "verify-full")
                .env("PGDATA", "/nowhere")
                .env("BACKUP_DIR", project.resolve("backups").toString())
                .env("BACKUP_RETENTION_DAYS", "nonsense")
                .env("PGKEEP_FORMAT", "nonsense")
                .run();

        assertThat(demo.status()).as(demo.output()).isZero();
        assertThat(demo.stdout())
                .startsWith("{")
                .contains("\"restored\": true", "\"rows\": 348660", "\"step\": \"restore\"")
                .doesNotContain("$ pgkeep");
        assertThat(project.resolve("backups")).doesNotExist();
        assertNothingIsLeft();
    }

    @Test
    void ctrl_c_in_the_middle_leaves_nothing() throws IOException {
        try (RunningPgkeep running = demo().start()) {
            running.waitFor("$ pgkeep restore");
            running.interrupt();
            var demo = running.end();
            assertThat(demo.status()).as(demo.output()).isEqualTo(130);
            assertThat(demo.stderr()).contains("interrupted").doesNotContain("SQLException", "internal");
        }
        assertNothingIsLeft();
    }

    @Test
    void ctrl_c_at_the_very_beginning_leaves_nothing() throws IOException {
        try (RunningPgkeep running = demo().start()) {
            running.waitFor("Starting a temporary server");
            running.interrupt();
            assertThat(running.end().status()).isEqualTo(130);
        }
        assertNothingIsLeft();
    }

    @Test
    @LongForm
    void a_killed_demo_is_cleared_away_by_the_next_one_but_not_one_that_somebody_plays_with() throws IOException {
        try (RunningPgkeep running = demo().start()) {
            running.waitFor("$ pgkeep backup");
            Path killed = left("pgkeep-demo-");
            running.kill();
            running.end();
            assertThat(killed).exists();
        }
        Path somebodyElses = Files.createDirectory(temporary.resolve("pgkeep-demo-of-mine"));
        try (RunningPgkeep running = demo("--keep").onTerminal().start()) {
            running.waitFor("Press Enter");
            assertThat(running.output()).containsPattern("export DATABASE_URL='postgresql://postgres:\\w+@127");
            Path alive = left("pgkeep-demo-");
            assertThat(demo().run().status()).isZero();
            assertThat(alive).exists();
            running.type("\n");
            var demo = running.end();
            assertThat(demo.status()).as(demo.output()).isZero();
        }
        Files.delete(somebodyElses);
        // The empty folder of the killed one's server may stay: its user may not delete in this folder of ours.
        assertThat(temporary.toFile().list((parent, name) -> name.startsWith("pgkeep-demo-")))
                .isEmpty();
    }

    private Path left(String prefix) throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            return left.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .filter(path -> Files.exists(path.resolve("pgkeep.toml")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @LongForm
    void ctrl_c_ends_playing_at_once() throws IOException {
        try (RunningPgkeep running = demo("--keep").onTerminal().start()) {
            running.waitFor("Press Enter");
            long started = System.nanoTime();
            running.interrupt();
            var demo = running.end();
            assertThat(demo.status()).as(demo.output()).isEqualTo(130);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
        }
        assertNothingIsLeft();
    }

    @Test
    void keeping_the_server_needs_a_terminal() {
        var demo = demo("--keep").run();
        assertThat(demo.status()).isEqualTo(2);
        assertThat(demo.stderr()).contains("there is no terminal", "leave --keep out");
    }

    private PgkeepProcess demo(String... options) {
        return PgkeepProcess.in(project)
                .env("TMPDIR", temporary.toString())
                .args(Stream.concat(Stream.of("demo"), Stream.of(options)).toArray(String[]::new));
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> !path.endsWith("hsperfdata_" + System.getProperty("user.name"))))
                    .isEmpty();
        }
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains(temporary.toString())))
                .isEmpty();
    }
}
