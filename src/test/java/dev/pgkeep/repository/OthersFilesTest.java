package dev.pgkeep.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.ManifestJson;
import dev.pgkeep.format.manifest.Manifests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where somebody else may write, too: nothing outside the repository, and no other backup, is lost by what he puts
 * there.
 */
final class OthersFilesTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @TempDir
    Path temporary;

    private Path root = Path.of("none");
    private Path outside = Path.of("none");
    private Repository repository = Repository.open(root, CLOCK);

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(temporary.resolve("backups"));
        outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("a.json"), "precious");
        Files.writeString(root.resolve("other.dump"), "PGDMP of another backup");
        Files.createDirectories(root.resolve("packs/aa"));
        Files.writeString(root.resolve("pgkeep.json"), "{\"format\":\"pgkeep-repository\",\"version\":1,\"id\":\"x\"}");
        repository = Repository.open(root, CLOCK);
    }

    @Test
    void a_list_of_removals_names_only_what_goes_with_its_backup() throws IOException {
        for (String hostile : List.of(
                "../outside/a.json",
                "a/../../outside/a.json",
                outside.resolve("a.json").toString(),
                "other.dump",
                "packs",
                "pgkeep.json",
                "rows/other.json",
                "rows/../other.dump",
                "marks",
                "work/a",
                ".")) {
            Path list = list("a", "a.dump\0" + hostile);
            Path innocent = Files.writeString(root.resolve("a.dump"), "PGDMP");
            assertThat(repository.cleanUp())
                    .as(hostile)
                    .singleElement()
                    .asString()
                    .contains("does not go with it");
            assertThat(innocent).as(hostile).exists();
            assertThat(list).exists();
            assertThat(List.of(outside.resolve("a.json"), root.resolve("other.dump"), root.resolve("packs/aa")))
                    .as(hostile)
                    .allMatch(Files::exists);
            Files.delete(list);
        }
        list("a", "a.json\0a.globals.sql\0rows/a.json\0a.dump\0marks/a.20260101T000000000Z.checked.json");
        list("packs", "packs\0packs.json");
        assertThat(repository.cleanUp()).hasSize(2).anyMatch(line -> line.equals("finished the removal of a"));
        assertThat(root.resolve("a.dump")).doesNotExist();
        assertThat(root.resolve("packs")).exists();
    }

    @Test
    void no_link_inside_is_followed() throws IOException {
        list("a", "rows/a.json");
        Files.createSymbolicLink(root.resolve("rows"), outside);
        assertThat(repository.cleanUp()).singleElement().asString().contains("rows is no folder but a link");
        assertThat(outside.resolve("a.json")).exists();
        assertThatThrownBy(() -> Repository.open(root, CLOCK))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_INVALID))
                .hasMessageContaining("rows is no folder but a link");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), root);
        Files.delete(root.resolve("rows"));
        assertThat(Repository.open(link, CLOCK).cleanUp()).hasSize(1);
    }

    @Test
    void folders_of_dead_runs_are_removed_and_what_they_link_to_is_not() throws IOException {
        Path dead = Files.createDirectories(root.resolve("work/dead"));
        Files.writeString(dead.resolve("lock"), "");
        Files.createSymbolicLink(dead.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("work/link"), outside);
        Path passing = Files.createDirectories(root.resolve("passing"));
        Files.createSymbolicLink(passing.resolve("link"), outside);
        repository.cleanUp();
        repository.passingFolder().close();
        assertThat(dead).doesNotExist();
        assertThat(outside.resolve("a.json")).exists();
    }

    @Test
    void a_commit_that_was_cut_short_brings_its_own_files_only() throws IOException {
        Path folder = Files.createDirectories(root.resolve("work/a"));
        Files.writeString(folder.resolve("lock"), "");
        Files.write(
                folder.resolve("commit.json"),
                ManifestJson.sealed(Manifests.custom("a", "shop", NOON, "a.dump", 5, List.of())));
        Files.writeString(folder.resolve("other.dump"), "in its place");
        Files.writeString(folder.resolve("pgkeep.json"), "{}");
        Files.createDirectories(folder.resolve("marks"));
        repository.cleanUp();
        assertThat(root.resolve("a.json")).exists();
        assertThat(root.resolve("other.dump")).hasContent("PGDMP of another backup");
        assertThat(repository.id()).isPresent();
    }

    @Test
    void no_backup_is_called_as_a_folder_of_the_repository() {
        for (String name : List.of("packs", "marks", "work", "locks")) {
            assertThatThrownBy(() -> repository.begin(name, true)).isInstanceOf(PgkeepException.class);
        }
        try (PendingBackup pending = repository.begin("rows", false)) {
            assertThat(pending.name()).isEqualTo("rows-2");
        }
    }

    @Test
    void a_lock_that_is_a_link_locks_and_changes_nothing_elsewhere() throws IOException {
        Path target = Files.writeString(outside.resolve("lock"), "");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createDirectories(root.resolve("locks"));
        Files.createSymbolicLink(root.resolve("locks/other"), target);
        Files.createSymbolicLink(root.resolve("locks/.chunks"), outside.resolve("new"));
        StoredBackup other = repository.list().getFirst();
        assertThatThrownBy(() -> repository.remove(other)).isInstanceOf(PgkeepException.class);
        assertThatThrownBy(() -> repository.chunks().share(new dev.pgkeep.base.progress.Cancellation()))
                .isInstanceOf(PgkeepException.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-r--r--");
        assertThat(outside.resolve("new")).doesNotExist();
    }

    @Test
    void metadata_that_leads_outside_is_none() throws IOException {
        String json = new String(
                ManifestJson.sealed(Manifests.custom("a", "shop", NOON, "a.dump", 5, List.of())),
                StandardCharsets.UTF_8);
        for (String path : List.of("../outside/a.json", "/etc/passwd", "..", "a/../../b")) {
            Files.writeString(root.resolve("a.json"), json.replace("\"a.dump\"", "\"" + path + "\""));
            assertThat(json).contains("\"a.dump\"");
            Optional<StoredBackup> found = repository.list().stream()
                    .filter(each -> each.name().equals("a"))
                    .findFirst();
            assertThat(found).isPresent();
            assertThat(found.get().isOurs()).as(path).isFalse();
            assertThat(found.get().data()).as(path).isEmpty();
        }
    }

    @Test
    @Timeout(20)
    void what_is_no_file_is_told_of_and_not_opened() throws Exception {
        for (String name : List.of("pipe.sql", "pipe.dump", "pipe.json", "runs/x.json")) {
            Path pipe = root.resolve(name);
            Files.createDirectories(root.resolve("runs"));
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
        }
        Path dead = Files.createDirectories(root.resolve("work/dead"));
        Files.writeString(dead.resolve("lock"), "");
        assertThat(new ProcessBuilder("mkfifo", dead.resolve("removal").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createSymbolicLink(root.resolve("zero.sql"), Path.of("/dev/zero"));
        assertThat(repository.history().runs()).isEmpty();
        assertThat(repository.list())
                .filteredOn(each -> !each.name().equals("other"))
                .hasSize(3)
                .allMatch(each -> each.problem().orElse("").contains("not a regular file"));
    }

    private Path list(String name, String content) throws IOException {
        Path folder = Files.createDirectories(root.resolve("work").resolve(name));
        Files.writeString(folder.resolve("lock"), "");
        return Files.writeString(folder.resolve("removal"), content);
    }
}
