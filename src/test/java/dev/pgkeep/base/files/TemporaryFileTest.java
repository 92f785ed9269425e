package dev.pgkeep.base.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.PgkeepException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryFileTest {
    @TempDir
    Path folder;

    @Test
    void it_lies_in_a_private_folder_and_goes_with_it() throws IOException {
        Path path;
        try (TemporaryFile file = TemporaryFile.named("rows")) {
            path = file.path();
            Files.writeString(path, "text");
            assertThat(Files.getPosixFilePermissions(parent(path)))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(parent(path)).doesNotExist();
    }

    @Test
    void what_a_living_process_has_stays_and_what_a_killed_one_left_goes() throws Exception {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            Path theirs = Path.of(Objects.requireNonNull(lines.readLine()));
            OwnedFolder ours = OwnedFolder.make(folder, "kind-");
            Path somebodys = Files.createDirectory(folder.resolve("kind-of-mine"));

            OwnedFolder.make(folder, "other-kind-").removeAbandoned();
            ours.removeAbandoned();
            assertThat(theirs).hasContent("text");

            other.destroyForcibly().waitFor();
            OwnedFolder.make(folder, "other-kind-").removeAbandoned();
            assertThat(theirs).exists();
            ours.removeAbandoned();
            assertThat(parent(theirs)).doesNotExist();
            assertThat(List.of(ours.path(), somebodys)).allMatch(Files::exists);
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void what_was_killed_while_it_was_made_goes_when_it_is_old() throws IOException {
        Path fresh = Files.createDirectory(folder.resolve("kind-fresh"));
        Path old = Files.createDirectory(folder.resolve("kind-old"));
        for (Path each : List.of(fresh, old)) {
            Files.writeString(each.resolve(".owner.new"), "");
        }
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(120)));

        OwnedFolder.make(folder, "kind-").removeAbandoned();

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void what_belongs_to_another_user_stays() throws IOException {
        Path theirs = abandoned("kind-theirs");
        Path ours = abandoned("kind-ours");
        try {
            Files.setAttribute(theirs, "unix:uid", 65534);
        } catch (IOException e) {
            Assumptions.abort("only root gives folders away");
        }
        OwnedFolder.make(folder, "kind-").removeAbandoned();
        assertThat(theirs.resolve("file")).exists();
        assertThat(ours).doesNotExist();
    }

    @Test
    void a_link_of_such_a_name_is_not_followed_and_one_inside_goes_alone() throws IOException {
        Path outside = abandoned("outside");
        Files.createSymbolicLink(folder.resolve("kind-link"), outside);
        Path left = abandoned("kind-left");
        Files.createSymbolicLink(left.resolve("link"), outside);
        Path locked = Files.createDirectory(folder.resolve("kind-locked"));
        Files.createSymbolicLink(locked.resolve(".owner"), outside.resolve(".owner"));

        OwnedFolder ours = OwnedFolder.make(folder, "kind-");
        assertThat(ours.abandoned()).containsExactly(left);
        ours.removeAbandoned();

        assertThat(left).doesNotExist();
        assertThat(List.of(outside.resolve("file"), locked, folder.resolve("kind-link")))
                .allMatch(Files::exists);
    }

    /** As a killed process leaves it. */
    private Path abandoned(String name) throws IOException {
        Path made = Files.createDirectory(folder.resolve(name));
        Files.writeString(made.resolve(".owner"), "");
        Files.writeString(made.resolve("file"), "text");
        return made;
    }

    @Test
    void where_nothing_can_be_written_it_says_so() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> OwnedFolder.make(file.resolve("below"), "kind-"))
                .isInstanceOf(IOException.class);
        String before = System.setProperty("java.io.tmpdir", file.toString());
        try {
            assertThatThrownBy(() -> TemporaryFile.named("rows"))
                    .isInstanceOf(PgkeepException.class)
                    .hasMessageContaining("temporary file");
        } finally {
            System.setProperty("java.io.tmpdir", Objects.requireNonNull(before));
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    /** Another process, which also reads what it has: closing a file ends the locks that its process has on it. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws Exception {
            OwnedFolder made = OwnedFolder.make(Path.of(arguments[0]), "kind-");
            Path file = Files.writeString(made.path().resolve("rows"), "text");
            Files.readString(file);
            System.out.println(file);
            Thread.sleep(60_000);
        }
    }
}
