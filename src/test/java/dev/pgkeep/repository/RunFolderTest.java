package dev.pgkeep.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
    @TempDir
    private Path root;

    @Test
    void it_is_private_and_gone_when_closed() throws IOException {
        Repository repository = Repository.open(root, Clock.systemUTC());
        try (RunFolder folder = repository.passingFolder()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
            Files.writeString(
                    Files.createDirectories(folder.path().resolve("a/b")).resolve("c"), "x");
            assertThat(repository.list()).isEmpty();
        }
        assertThat(root.resolve("passing")).doesNotExist();
    }

    @Test
    void what_a_killed_run_left_goes_with_the_next_one_and_what_is_in_use_stays() throws IOException {
        Repository repository = Repository.open(root, Clock.systemUTC());
        Path left = Files.createDirectories(root.resolve("passing/deadbeef"));
        Files.writeString(left.resolve("data"), "x");
        Files.writeString(root.resolve("passing/deadbeef.lock"), "");
        try (RunFolder first = repository.passingFolder();
                RunFolder second = repository.passingFolder()) {
            assertThat(left).doesNotExist();
            assertThat(first.path()).isDirectory();
            assertThat(second.path()).isDirectory().isNotEqualTo(first.path());
        }
        assertThat(root.resolve("passing")).doesNotExist();
    }
}
