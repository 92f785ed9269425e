package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.testing.DyingDisk;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that says it has stored a file, and has not, or not as it was. Either the backup notices and is none, or
 * verify does; it is never restored without a word, the one before it is as it was, and the next one is whole.
 */
final class LyingDiskIT {
    @TempDir
    private Path folder;

    private final Random random = new Random(7);
    private TestDatabase database;
    private Desk desk;

    @BeforeEach
    void open() {
        database = PostgresServers.any().database("lying");
        database.execute("""
                create table orders (id int primary key, note text);
                insert into orders select n, repeat(md5(n::text), 3) from generate_series(1, 2000) n;
                create table quiet as select n from generate_series(1, 100) n""");
        desk = new Desk(database, folder, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Forms(
            value = {
                "FLIPPED | /packs/.*pack",
                "EMPTY | /index/.*idx",
                "LOST | /commit.json",
                "TRUNCATED | /[^/]*checked.json"
            },
            campaign = {
                "TRUNCATED | /packs/.*pack",
                "LOST | /packs/.*pack",
                "FLIPPED | /index/.*idx",
                "LOST | /index/.*idx",
                "FLIPPED | /commit.json",
                "TRUNCATED | /commit.json",
                "LOST | /[^/]*checked.json"
            })
    void what_a_disk_only_says_to_have_stored_is_found(Lie lie, String files) {
        String first = desk.backup().name();
        var then = desk.content();
        database.execute("update orders set note = md5(note) || md5(id::text)");
        var now = desk.content();

        Optional<String> lied = backupOn(DyingDisk.lying(file -> {
            if (file.toString().matches(".*" + files) && Files.isRegularFile(file)) {
                tell(lie, file);
            }
        }));

        lied.ifPresentOrElse(
                name -> isRightOrRefused(name, now),
                () -> assertThat(desk.names())
                        .as("a backup that failed is none")
                        .containsExactly(first));
        desk.repository().cleanUp();
        assertThat(desk.verify(first, Depth.FULL).state()).isEqualTo(VerifyResult.State.CHECKED);
        assertThat(desk.restored(first)).isEqualTo(then);
        String next = desk.backup().name();
        assertThat(desk.verify(next, Depth.FULL).state()).isEqualTo(VerifyResult.State.CHECKED);
        assertThat(desk.restored(next)).isEqualTo(now);
    }

    private void isRightOrRefused(String name, Object now) {
        if (!desk.names().contains(name)) {
            // Its metadata is lost: it cannot be chosen, and so not be restored.
            return;
        }
        VerifyResult verdict = desk.verify(name, Depth.FULL);
        if (verdict.state() == VerifyResult.State.CHECKED) {
            assertThat(desk.restored(name)).isEqualTo(now);
        } else {
            assertThat(verdict.state()).isEqualTo(VerifyResult.State.DAMAGED);
            assertThatThrownBy(() -> desk.restored(name))
                    .isInstanceOfSatisfying(
                            PgkeepException.class,
                            e -> assertThat(e.code()).isIn(ErrorCode.BACKUP_DAMAGED, ErrorCode.REPOSITORY_INVALID));
        }
    }

    private void tell(Lie lie, Path file) {
        try {
            lie.tell(file, List.of(file), random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the backup; empty when it failed. */
    private Optional<String> backupOn(DyingDisk disk) {
        try {
            return Optional.of(desk.on(disk.path(folder)).backup().name());
        } catch (PgkeepException e) {
            return Optional.empty();
        }
    }
}
