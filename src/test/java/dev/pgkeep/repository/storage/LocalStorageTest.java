package dev.pgkeep.repository.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void files_and_folders_are_private() throws IOException {
        new LocalStorage(folder).create("packs/ab/x.pack", new byte[3], 0, 3);
        assertThat(mode("packs")).isEqualTo("rwx------");
        assertThat(mode("packs/ab")).isEqualTo("rwx------");
        assertThat(mode("packs/ab/x.pack")).isEqualTo("rw-------");
        try (var files = Files.list(folder.resolve("packs/ab"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void what_a_crash_left_half_written_is_never_seen_and_can_be_removed() throws IOException {
        var storage = new LocalStorage(folder);
        storage.create("packs/ab/x.pack", new byte[3], 0, 3);
        Files.write(folder.resolve("packs/ab/y.pack.1f.tmp"), new byte[1000]);
        assertThat(storage.list("packs")).hasSize(1);
        assertThat(storage.create("packs/ab/y.pack", new byte[5], 0, 5)).isTrue();
        assertThat(storage.removeUnfinished("packs")).isEqualTo(1000);
        assertThat(folder.resolve("packs/ab/y.pack.1f.tmp")).doesNotExist();
        assertThat(storage.list("packs")).hasSize(2);
    }

    @Test
    void files_of_other_people_are_not_objects() throws IOException {
        var storage = new LocalStorage(folder);
        storage.create("packs/ab/x.pack", new byte[3], 0, 3);
        Files.write(folder.resolve("packs/.DS_Store"), new byte[10]);
        Files.write(folder.resolve("packs/Read me.txt"), new byte[10]);
        assertThat(storage.list("packs")).hasSize(1);
    }

    @Test
    void a_folder_that_is_not_mounted_is_not_made_again() {
        var storage = new LocalStorage(folder.resolve("disk"));
        assertFails(ErrorCode.REPOSITORY_INVALID, () -> storage.create("packs/x", new byte[1], 0, 1));
        assertFails(ErrorCode.REPOSITORY_INVALID, () -> storage.read("packs/x", 0, 1));
        assertFails(ErrorCode.REPOSITORY_INVALID, () -> storage.list("packs"));
        assertThat(folder.resolve("disk")).doesNotExist();
    }

    @Test
    void paths_cannot_lead_outside() {
        var storage = new LocalStorage(folder);
        for (String path :
                new String[] {"../x", "a/../../x", "/etc/passwd", "a//b", "", "a/..", "A", "x.tmp", "a\\b"}) {
            assertThatThrownBy(() -> storage.create(path, new byte[1], 0, 1))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_file_where_a_folder_should_be_is_an_error_that_names_it() throws IOException {
        Files.write(folder.resolve("packs"), new byte[1]);
        var storage = new LocalStorage(folder);
        assertThatThrownBy(() -> storage.create("packs/x", new byte[1], 0, 1))
                .isInstanceOf(PgkeepException.class)
                .hasMessageContaining("packs");
    }

    @Test
    void errors_of_the_file_system_say_what_they_mean() {
        assertThat(FileErrors.of(new IOException("No space left on device"), "x")
                        .code())
                .isEqualTo(ErrorCode.DISK_FULL);
        assertThat(FileErrors.of(new FileSystemException("f", null, "Disk quota exceeded"), "x")
                        .code())
                .isEqualTo(ErrorCode.DISK_FULL);
        assertThat(FileErrors.of(new AccessDeniedException("f"), "x").code()).isEqualTo(ErrorCode.NO_PERMISSION);
        assertThat(FileErrors.of(new FileSystemException("f", null, "Read-only file system"), "x")
                        .code())
                .isEqualTo(ErrorCode.NO_PERMISSION);
        assertThat(FileErrors.of(new IOException("Input/output error"), "cannot read f"))
                .hasMessage("cannot read f: Input/output error")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_FAILED));
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }

    private static void assertFails(ErrorCode code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
