package dev.pgkeep.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.testing.InProcessPgkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A repository in version 1 of its layout, as the first release wrote it: {@code golden-1} is never written again, so
 * that a change which can no longer read it is noticed. It holds one database in every portable format. Damaged
 * variants are made from a copy.
 */
final class GoldenRepositoryIT {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/pgkeep/repository/golden-1");
    private static final List<String> NAMES =
            List.of("custom", "directory", "plain-gzip", "plain-none", "plain-zstd", "tar");

    @TempDir
    private Path temporary;

    private Path root = GOLDEN;

    @BeforeEach
    void copy() throws IOException {
        root = temporary.resolve("backups");
        try (var tree = Files.walk(GOLDEN)) {
            for (Path each : tree.toList()) {
                Files.copy(each, root.resolve(GOLDEN.relativize(each).toString()));
            }
        }
    }

    @Test
    void everything_is_listed_with_what_was_learned_of_it() {
        assertThat(repository().list())
                .allSatisfy(backup -> {
                    assertThat(backup.problem()).isEmpty();
                    assertThat(backup.database()).contains("shop");
                    assertThat(backup.state()).isEqualTo("checked");
                    assertThat(backup.tags()).isEqualTo(Map.of("golden", "1"));
                })
                .extracting(StoredBackup::name)
                .containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(repository().history().runs()).hasSize(NAMES.size());
        assertThat(repository().id()).isPresent();
    }

    @Test
    void everything_is_shown_and_found_whole() {
        for (String name : NAMES) {
            Manifest manifest = repository().manifest(named(name));
            assertThat(manifest.server().versionNumber()).isEqualTo(150_018);
            assertThat(manifest.tables())
                    .extracting(table -> table.name() + " " + table.rows())
                    .containsExactly("customers 40", "empty 0", "odd name 100");
            VerifyResult verdict = verify(name);
            assertThat(verdict.problem()).isNull();
            assertThat(verdict.state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(verdict.rows()).isEqualTo(140);
        }
    }

    @Test
    void the_command_line_lists_and_shows_it() {
        var pgkeep = InProcessPgkeep.in(temporary).env("BACKUP_DIR", root.toString());
        var list = pgkeep.run("list", "--json");
        assertThat(list.status()).as(list.output()).isZero();
        assertThat(list.stdout()).contains(NAMES);
        var show = pgkeep.run("show", "directory");
        assertThat(show.status()).as(show.output()).isZero();
        assertThat(show.stdout()).contains("directory", "shop", "odd name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "custom.dump",
                "directory/toc.dat",
                "tar.tar",
                "plain-none.sql",
                "plain-gzip.sql.gz",
                "plain-zstd.sql.zst"
            })
    void every_flipped_bit_is_found_by_the_stored_checksum(String file) throws IOException {
        Path path = root.resolve(file);
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(20_261_121);
        for (int draw = 0; draw < 5; draw++) {
            int bit = random.nextInt(whole.length * 8);
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(path, flipped);
            assertThat(verify(file.replaceFirst("[./].*", "")).state())
                    .as(file + " bit " + bit)
                    .isEqualTo(VerifyResult.State.DAMAGED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1, 2]", "\u0000\u0001", "no json at all"})
    void metadata_that_is_garbage_is_told_and_hides_nothing(String garbage) throws IOException {
        Files.writeString(root.resolve("custom.json"), garbage);
        assertThat(named("custom").problem()).get().asString().contains("custom.json");
        assertOnlyDamaged("custom");
    }

    @Test
    void metadata_that_ends_in_the_middle_is_told_and_hides_nothing() throws IOException {
        Path metadata = root.resolve("tar.json");
        byte[] whole = Files.readAllBytes(metadata);
        for (int length : new int[] {1, 20, 600, whole.length / 2}) {
            Files.write(metadata, Arrays.copyOf(whole, length));
            assertThat(verify("tar").state()).as(length + " bytes").isEqualTo(VerifyResult.State.DAMAGED);
            assertOnlyDamaged("tar");
        }
    }

    @Test
    void data_that_is_missing_or_cut_off_is_told_by_the_list_already() throws IOException {
        Files.delete(root.resolve("custom.dump"));
        assertThat(named("custom").problem()).contains("custom.dump is missing");
        Path part = root.resolve("directory/3360.dat.gz");
        Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 100));
        assertThat(named("directory").problem()).contains("directory/3360.dat.gz has 100 bytes, not 2232");
        assertThat(verify("custom").state()).isEqualTo(VerifyResult.State.DAMAGED);
        assertThat(verify("directory").state()).isEqualTo(VerifyResult.State.DAMAGED);
        assertOnlyDamaged("custom", "directory");
    }

    @Test
    void a_wrong_checksum_is_told_by_reading() throws IOException {
        Path metadata = root.resolve("plain-none.json");
        Files.writeString(
                metadata, Files.readString(metadata).replaceFirst("\"[0-9a-f]{64}\"", "\"" + "0".repeat(64) + "\""));
        assertThat(named("plain-none").problem()).isEmpty();
        assertThat(verify("plain-none").problem()).contains("plain-none.sql", "checksum");
    }

    @Test
    void a_repository_of_a_newer_version_is_refused_with_what_to_do() throws IOException {
        Path header = root.resolve("pgkeep.json");
        Files.writeString(header, Files.readString(header).replaceFirst("\"version\": *1", "\"version\": 2"));
        assertThatThrownBy(() -> repository().list()).isInstanceOfSatisfying(PgkeepException.class, e -> {
            assertThat(e.code()).isNotEqualTo(ErrorCode.INTERNAL);
            assertThat(e.getMessage()).contains("version 2");
            assertThat(e.hint()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"old.json", "old.metadata.json", "old.info"})
    void a_dump_of_another_tool_is_listed_with_what_the_file_beside_it_says(String sidecar) throws IOException {
        for (String name : NAMES) {
            Files.delete(root.resolve(name + ".json"));
        }
        Files.move(root.resolve("custom.dump"), root.resolve("old.dump"));
        Files.writeString(
                root.resolve(sidecar),
                sidecar.endsWith(".info")
                        ? "Database: crm\nDate: 2024-03-01 04:05:06+00:00\n"
                        : "{\"database\": \"crm\", \"timestamp\": \"2024-03-01T04:05:06Z\"}");
        StoredBackup old = named("old");
        assertThat(old.isOurs()).isFalse();
        assertThat(old.database()).contains("crm");
        assertThat(old.created()).isEqualTo(Instant.parse("2024-03-01T04:05:06Z"));
        assertThat(old.format()).isEqualTo("custom");
        assertThat(repository().list()).hasSize(NAMES.size()).allMatch(backup -> !backup.isOurs());
        for (StoredBackup each : repository().list()) {
            assertThat(verify(each.name()).state()).as(each.name()).isEqualTo(VerifyResult.State.CHECKED);
        }
    }

    private void assertOnlyDamaged(String... names) {
        assertThat(repository().list()).hasSize(NAMES.size());
        assertThat(repository().list())
                .filteredOn(StoredBackup::isDamaged)
                .extracting(StoredBackup::name)
                .containsExactlyInAnyOrder(names);
    }

    private VerifyResult verify(String name) {
        return pgkeep().verify().run(named(name), Depth.FULL, Optional.empty(), List.of());
    }

    private StoredBackup named(String name) {
        return repository().list().stream()
                .filter(backup -> backup.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Repository repository() {
        return Repository.open(root, Clock.systemUTC());
    }

    private Pgkeep pgkeep() {
        return InProcessPgkeep.in(temporary).env("BACKUP_DIR", root.toString()).engine();
    }
}
