package dev.pgkeep.base.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DurableFolderTest {
    @TempDir
    Path root;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void folders_are_private_down_to_the_last() throws IOException {
        DurableFolder.createBelow(root, root.resolve("a/b"));
        DurableFolder.createBelow(root, root.resolve("a/b"));
        assertThat(mode(root.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(root.resolve("a/b"))).isEqualTo("rwx------");
    }

    @Test
    void a_root_that_is_not_there_is_not_made() {
        Path gone = root.resolve("disk");
        assertThatThrownBy(() -> DurableFolder.createBelow(gone, gone.resolve("a/b")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(gone.toString());
        assertThat(gone).doesNotExist();
    }

    @Test
    void a_file_in_the_way_is_named_and_a_folder_that_is_there_is_none() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        assertThatThrownBy(() -> DurableFolder.createBelow(root, file.resolve("b")))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(file.toString());
        assertThat(DurableFolder.create(root.resolve("folder"))).isTrue();
        assertThat(DurableFolder.create(root.resolve("folder"))).isFalse();
    }

    @Test
    void the_folder_of_a_file_is_absolute_and_there_is_always_one() {
        assertThat(DurableFolder.of(root.resolve("a"))).isEqualTo(root);
        assertThat(DurableFolder.of(root.getRoot())).isEqualTo(root.getRoot());
        assertThat(DurableFolder.of(Path.of("a"))).isAbsolute();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_mode_is_never_given_to_what_a_link_leads_to() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(root.resolve("link"), file);
        PrivateMode.FILE.set(link);
        assertThat(mode(file)).isEqualTo("rw-r--r--");
        PrivateMode.FILE.set(file);
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
