package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.HeardSteps;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder is moved away, or its disk unmounted, while a run is at work on it: no new one is begun at its place. */
final class MovedRepositoryIT {
    @TempDir
    Path folder;

    private Path backups;
    private Path elsewhere;
    private TestDatabase database;

    @BeforeEach
    void open() {
        backups = folder.resolve("backups");
        elsewhere = folder.resolve("elsewhere");
        database = PostgresServers.any().database("moved");
        database.execute("create table t as select n, md5(n::text) as note from generate_series(1, 3000) n");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHUNKED", "CUSTOM"})
    void a_backup_under_which_it_goes_says_so_and_begins_no_other(String format) throws IOException {
        Pgkeep usual = pgkeep(Progress.SILENT);
        String earlier = backUp(usual, format).name();
        List<String> steps = new ArrayList<>();
        backUp(pgkeep(new HeardSteps(steps::add)), format);
        int each = Campaign.LONG ? 1 : 2;
        for (int number = 0; number < steps.size(); number += each) {
            for (boolean unmounted : List.of(true, false)) {
                String step = steps.get(number);
                AtomicBoolean moved = new AtomicBoolean();
                Pgkeep doomed = pgkeep(new HeardSteps(heard -> {
                    if (heard.equals(step) && moved.compareAndSet(false, true)) {
                        move(unmounted);
                    }
                }));
                PgkeepException failure = catchThrowableOfType(PgkeepException.class, () -> backUp(doomed, format));
                assertThat(moved).as(step).isTrue();
                assertThat(failure).as(step).isNotNull();
                assertThat(failure.code()).as(step).isEqualTo(ErrorCode.REPOSITORY_INVALID);
                assertThat(failure).hasMessageContaining("was moved away or unmounted");
                if (unmounted) {
                    assertThat(backups).as(step).isEmptyDirectory();
                    Files.delete(backups);
                } else {
                    assertThat(backups).as(step).doesNotExist();
                }
                Files.move(elsewhere, backups);
            }
        }
        var found = usual.repository().list().stream()
                .filter(backup -> backup.name().equals(earlier))
                .findFirst()
                .orElseThrow();
        assertThat(usual.verify()
                        .run(found, Depth.FULL, Optional.empty(), List.of())
                        .state())
                .isEqualTo(VerifyResult.State.CHECKED);
        usual.repository().cleanUp();
        assertThat(backups.resolve("work")).isEmptyDirectory();
    }

    @Test
    void what_is_written_about_a_run_begins_none_either() throws IOException {
        Pgkeep pgkeep = pgkeep(Progress.SILENT);
        backUp(pgkeep, "CHUNKED");
        var backup = pgkeep.repository().list().getFirst();
        Files.move(backups, elsewhere);
        for (Runnable writing : List.<Runnable>of(
                () -> pgkeep.repository()
                        .history()
                        .record(pgkeep.repository().history().runs().getFirst()),
                () -> pgkeep.repository().chunks().share(new Cancellation()).close(),
                () -> pgkeep.repository().begin("other", true),
                () -> pgkeep.repository().rows().begin("other"),
                () -> pgkeep.repository().remove(backup),
                () -> pgkeep.repository().passingFolder())) {
            assertThatThrownBy(writing::run).isInstanceOf(RuntimeException.class);
            assertThat(backups).doesNotExist();
        }
    }

    private void move(boolean unmounted) {
        try {
            Files.move(backups, elsewhere);
            if (unmounted) {
                Files.createDirectory(backups);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest backUp(Pgkeep pgkeep, String format) {
        var usual = BackupRequest.of(Kind.MANUAL);
        var request = new BackupRequest(
                usual.label(),
                usual.kind(),
                usual.name(),
                usual.description(),
                usual.tags(),
                List.of(Format.valueOf(format)),
                usual.compression(),
                usual.jobs(),
                usual.content(),
                usual.filters(),
                usual.check(),
                usual.globals(),
                usual.auto());
        var backup = pgkeep.backup();
        return backup.run(backup.plan(request, pgkeep.target()));
    }

    private Pgkeep pgkeep(Progress progress) {
        return InProcessPgkeep.on(database, folder)
                .env("BACKUP_DIR", backups.toString())
                .engine(progress);
    }
}
