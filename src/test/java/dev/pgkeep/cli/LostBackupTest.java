package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of a repository from which something vanished; no server is needed for that. */
final class LostBackupTest {
    private static final Path WHOLE = Path.of("src/test/resources/dev/pgkeep/repository/damaged/whole");

    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void copy() throws IOException {
        root = folder.resolve("backups");
        try (Stream<Path> tree = Files.walk(WHOLE)) {
            for (Path each : tree.toList()) {
                Files.copy(each, root.resolve(WHOLE.relativize(each).toString()));
            }
        }
    }

    @Test
    void a_whole_repository_has_nothing_to_tell() {
        assertThat(ended(0, "verify", "--all", "--json").stdout())
                .contains("\"good\": true")
                .doesNotContain("\"kind\"");
        assertThat(ended(0, "status").output()).contains("in order");
    }

    @Test
    void verify_status_and_doctor_name_it_and_delete_lets_it_go() throws IOException {
        Files.delete(root.resolve("newest.json"));
        assertThat(ended(3, "verify", "--all").output()).contains("newest is lost", "pgkeep delete newest");
        assertThat(ended(3, "verify", "--all", "--json").stdout())
                .contains("\"backup-lost\"", "\"good\": false", "\"subject\": \"newest\"");
        assertThat(ended(3, "status").output()).contains("newest is lost");
        assertThat(ended(3, "status", "--json").stdout()).contains("\"backup-lost\"");
        assertThat(ended(3, "status", "--prometheus").stdout()).contains("pgkeep_repository_findings 1\n");
        assertThat(pgkeep("doctor").output()).contains("backup lost", "put newest.json back");
        assertThat(ended(0, "delete", "newest", "--yes").output()).contains("Deleted 1 backup");
        assertThat(ended(0, "verify", "--all").output()).doesNotContain("newest");
        assertThat(ended(0, "status").output()).doesNotContain("lost");
    }

    @Test
    void where_nothing_else_is_left_it_is_named_too() throws IOException {
        Files.delete(root.resolve("newest.json"));
        Files.delete(root.resolve("earlier.json"));
        assertThat(ended(3, "verify", "--all").output()).contains("earlier is lost", "newest is lost");
    }

    @Test
    void a_damaged_trailer_is_told_although_every_backup_can_be_restored() throws IOException {
        Path damaged = WHOLE.resolveSibling("pack-trailer-damaged").resolve("packs");
        try (Stream<Path> tree = Files.walk(damaged)) {
            for (Path each : tree.filter(Files::isRegularFile).toList()) {
                Files.write(root.resolve("packs").resolve(damaged.relativize(each)), Files.readAllBytes(each));
            }
        }
        assertThat(ended(3, "verify", "--all").output()).contains("earlier", "checked", "b979c5b15c", "is damaged");
        assertThat(ended(3, "status").output()).contains("b979c5b15c");
    }

    private Finished ended(int status, String... words) {
        Finished finished = pgkeep(words);
        assertThat(finished.status())
                .as(String.join(" ", words) + "\n" + finished.output())
                .isEqualTo(status);
        return finished;
    }

    private Finished pgkeep(String... words) {
        return InProcessPgkeep.in(folder)
                .environment(Map.of("BACKUP_DIR", root.toString()))
                .run(words);
    }
}
