package dev.pgkeep.base.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class FileTreeTest {
    @TempDir
    Path temporary;

    private Path ours = Path.of("none");
    private Path precious = Path.of("none");

    @BeforeEach
    void make() throws IOException {
        ours = Files.createDirectory(temporary.resolve("ours"));
        Files.createDirectories(temporary.resolve("outside/below"));
        precious = Files.writeString(temporary.resolve("outside/below/precious"), "of somebody else");
    }

    @Test
    void it_goes_with_all_below_and_links_go_alone() throws IOException {
        Path tree = Files.createDirectories(ours.resolve("tree/a/b"));
        Files.writeString(tree.resolve("file"), "x");
        Files.createSymbolicLink(tree.resolve("link"), temporary.resolve("outside"));
        Files.createSymbolicLink(tree.resolve("dangling"), temporary.resolve("nowhere"));
        assertThat(FileTree.remove(ours.resolve("tree"))).isTrue();
        assertThat(FileTree.remove(ours.resolve("tree"))).isFalse();
        assertThat(ours).isEmptyDirectory();
        Files.createSymbolicLink(ours.resolve("tree"), temporary.resolve("outside"));
        FileTree.remove(ours.resolve("tree"));
        assertThat(ours).isEmptyDirectory();
        assertThat(precious).exists();
    }

    @Test
    void a_link_between_is_not_followed() throws IOException {
        Files.createSymbolicLink(ours.resolve("rows"), temporary.resolve("outside"));
        assertThatThrownBy(() -> FileTree.remove(ours, ours.resolve("rows/below/precious")))
                .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> FileTree.remove(ours, ours.resolve("rows/below")))
                .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> FileTree.remove(ours, temporary.resolve("outside")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FileTree.remove(ours, ours)).isInstanceOf(IllegalArgumentException.class);
        assertThat(FileTree.remove(ours, ours.resolve("none/none"))).isFalse();
        assertThat(precious).exists();
    }

    @Test
    @Timeout(60)
    void a_link_that_somebody_swaps_in_meanwhile_is_not_followed_either() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        Path folder = ours.resolve("tree/below");
        Thread swaps = Thread.ofPlatform().start(() -> {
            while (!end.get()) {
                swap(folder);
            }
        });
        try {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (System.nanoTime() < until) {
                Files.createDirectories(ours.resolve("tree"));
                try {
                    FileTree.remove(ours, folder.resolve("precious"));
                    FileTree.remove(ours.resolve("tree"));
                } catch (IOException e) {
                    // Somebody else is at work there.
                }
                assertThat(precious).exists();
            }
        } finally {
            end.set(true);
            swaps.join();
        }
    }

    /** A folder in one moment, a link to somewhere else in the next one. */
    private void swap(Path folder) {
        Path link = ours.resolve("link");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("precious"), "ours");
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, temporary.resolve("outside/below"));
            Files.move(folder, ours.resolve("aside"), StandardCopyOption.ATOMIC_MOVE);
            Files.move(link, folder, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(folder);
            FileTree.remove(ours.resolve("aside"));
        } catch (IOException e) {
            // It was removed meanwhile.
        }
    }

    @Test
    @Timeout(20)
    void only_regular_files_are_read() throws Exception {
        Path file = Files.writeString(ours.resolve("file"), "text");
        Path link = Files.createSymbolicLink(ours.resolve("link"), file);
        assertThat(RegularFile.bytes(link)).asString().isEqualTo("text");
        Path pipe = ours.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (Path each : new Path[] {pipe, ours, Path.of("/dev/zero")}) {
            assertThatThrownBy(() -> RegularFile.open(each).close()).isInstanceOf(FileSystemException.class);
        }
        try (OpenFolder folder = OpenFolder.of(ours)) {
            assertThatThrownBy(() -> folder.lockable(Path.of("pipe")).close()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> folder.lockable(Path.of("link")).close()).isInstanceOf(IOException.class);
        }
    }
}
