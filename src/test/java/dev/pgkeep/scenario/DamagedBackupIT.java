package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Forms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is not what it was is refused before anything is touched, and the newest good one is named. */
final class DamagedBackupIT {
    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Forms(
            value = {"custom"},
            campaign = {"plain", "tar", "directory"})
    void a_truncated_or_changed_file_is_refused_and_the_newest_good_backup_is_named(String format) throws IOException {
        String good = bench.backup();
        String bad = bench.backup("--format", format);
        var before = bench.content();
        Path file = biggestFileOf(bad);
        byte[] whole = Files.readAllBytes(file);
        List<byte[]> damages = new ArrayList<>();
        for (double part : Campaign.LONG ? new double[] {0, 0.5, 0.999} : new double[] {0.999}) {
            damages.add(java.util.Arrays.copyOf(whole, (int) (whole.length * part)));
        }
        for (double part : Campaign.LONG ? new double[] {0.0001, 0.6} : new double[] {0.6}) {
            byte[] flipped = whole.clone();
            flipped[(int) (whole.length * part)] ^= 4;
            damages.add(flipped);
        }
        for (byte[] damage : damages) {
            Files.write(file, damage);
            var restore = bench.fails(3, "restore", bad, "--yes");
            assertThat(restore.stderr()).contains(bad + " is damaged", "the newest good one is " + good);
        }
        var verify = bench.pgkeep("verify", bad);
        assertThat(verify.status()).as(verify.output()).isEqualTo(3);
        assertThat(verify.output()).contains(bad + " is damaged");
        assertThat(bench.content()).isEqualTo(before);
        assertThat(bench.find(good).isDamaged()).isFalse();
        assertThat(bench.find(bad).isDamaged()).isTrue();
        bench.nothingIsLeft();

        Files.write(file, whole);
        bench.run("verify", bad);
        bench.run("verify", bad, "--quick");
        assertThat(bench.runs("verify"))
                .containsExactly(
                        "done: 1 backup looked at",
                        "done: 1 backup checked",
                        "backup.damaged: 1 of 1 backup" + " is damaged: " + bad);
        bench.run("restore", bad, "--yes");
        bench.nothingIsLeft();
    }

    @Test
    void many_backups_take_one_line_each_and_a_summary() throws IOException {
        String first = bench.backup("--format", "custom");
        String second = bench.backup("--format", "custom");
        var good = bench.run("verify", "--all");
        assertThat(good.stderr()).isEmpty();
        assertThat(good.stdout().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("✓ " + second + " checked"),
                        line -> assertThat(line).startsWith("✓ " + first + " checked"),
                        line -> assertThat(line).startsWith("✓ 2 backups checked, "));
        Files.writeString(biggestFileOf(second), "no dump");
        var bad = bench.pgkeep("verify", "--all");
        assertThat(bad.status()).isEqualTo(3);
        assertThat(bad.stdout().lines()).hasSize(3).last().asString().startsWith("✗ 1 of 2 backups is damaged, ");
        assertThat(bench.runs("verify"))
                .containsExactly("backup.damaged: 1 of 2 backups is damaged: " + second, "done: 2 backups checked");
    }

    @Forms(
            value = {"custom", "directory"},
            campaign = {"plain", "tar"})
    void a_damaged_dump_without_metadata_is_noticed_by_reading_it_to_its_end(String format) throws IOException {
        String bad = bench.backup("--format", format);
        var before = bench.content();
        Files.delete(bench.repository().resolve(bad + ".json"));
        assertThat(bench.names()).contains(bad);
        bench.run("restore", bad, "--yes", "--to", bench.database().name() + "_copy", "--create-db");
        bench.database()
                .server()
                .databaseToBe(bench.database().name() + "_copy")
                .close();
        Path file = biggestFileOf(bad);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length * 2 / 3));
        bench.fails(3, "restore", bad, "--yes");
        assertThat(bench.content()).isEqualTo(before);
        bench.nothingIsLeft();
    }

    @Forms(
            value = {"chunked"},
            campaign = {"custom"})
    void metadata_that_is_garbage_is_told_and_the_other_backups_are_not_affected(String format) throws IOException {
        String good = bench.backup("--format", format);
        String bad = bench.backup("--format", format);
        var before = bench.content();
        Path metadata = bench.repository().resolve(bad + ".json");
        String text = Files.readString(metadata);
        for (String garbage : List.of("", "{", text.substring(0, text.length() / 2), "[1, 2]", "\u0000\u0001\u0002")) {
            Files.writeString(metadata, garbage);
            assertThat(bench.names()).contains(good, bad);
            var restore = bench.fails(3, "restore", bad, "--yes");
            assertThat(restore.stderr()).contains(bad, good);
        }
        assertThat(bench.run("list").stdout()).contains(good, bad);
        bench.run("restore", good, "--yes", "--dry-run");
        var show = bench.pgkeep("show", bad);
        assertThat(show.stderr()).doesNotContain("inside pgkeep");
        assertThat(bench.content()).isEqualTo(before);
    }

    @Test
    void a_wrong_checksum_in_the_metadata_is_a_damaged_backup() throws IOException {
        String good = bench.backup("--format", "custom");
        String bad = bench.backup("--format", "custom");
        Path metadata = bench.repository().resolve(bad + ".json");
        String text = Files.readString(metadata);
        String sum = text.replaceFirst("(?s).*\"sha256\": ?\"([0-9a-f]{64})\".*", "$1");
        Files.writeString(metadata, text.replace(sum, "0".repeat(64)));
        var restore = bench.fails(3, "restore", bad, "--yes");
        assertThat(restore.stderr()).contains("checksum", "the newest good one is " + good);
        // what is damaged is no longer the latest
        assertThat(bench.run("restore", "latest", "--dry-run").stdout()).contains(good);
        var verify = bench.pgkeep("verify", bad, "--json");
        assertThat(verify.status()).isEqualTo(3);
        assertThat(verify.stdout()).contains("damaged");
        assertThat(verify.stderr()).contains("hint:  the newest good one is " + good);
    }

    @Test
    void a_missing_data_file_is_a_damaged_backup() throws IOException {
        String good = bench.backup("--format", "custom");
        String bad = bench.backup("--format", "custom");
        Files.delete(biggestFileOf(bad));
        var restore = bench.fails(3, "restore", bad, "--yes");
        assertThat(restore.stderr()).contains("missing", "the newest good one is " + good);
        assertThat(bench.run("restore", "latest", "--dry-run").stdout()).contains(good);
    }

    @Test
    void a_part_of_a_name_that_fits_two_backups_stops_and_lists_them() {
        String one = bench.backup("--name", "friday-one");
        String two = bench.backup("--name", "friday-two");
        var restore = bench.fails(2, "restore", "friday", "--yes");
        assertThat(restore.stderr()).contains("fits 2 backups", one, two);
        bench.run("restore", "day-tw", "--dry-run");
        assertThat(bench.fails(2, "restore", "fryday-one", "--yes").stderr()).contains("did you mean friday-one");
        assertThat(bench.fails(2, "restore", "monday", "--yes").stderr()).contains("no backup monday");
        assertThat(bench.fails(2, "restore", "--file", "nowhere.dump", "--yes").stderr())
                .contains("nowhere.dump");
    }

    @Test
    void an_empty_repository_says_how_to_begin() {
        assertThat(bench.fails(2, "restore", "latest", "--yes").stderr()).contains("pgkeep backup");
        assertThat(bench.fails(2, "verify").stderr()).contains("pgkeep backup");
        assertThat(bench.fails(2, "undo", "--yes").stderr()).contains("there is nothing to undo");
    }

    private Path biggestFileOf(String name) throws IOException {
        try (var files = Files.walk(bench.find(name).data().getFirst())) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(path -> path.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    void metadata_that_was_changed_is_damaged_and_keeps_no_other_backup_from_being_verified() throws IOException {
        String good = bench.backup();
        String unreadable = bench.backup();
        String changed = bench.backup();
        replace(changed, "\"collate\": \"", "\"collate\": \"x");
        replace(unreadable, "\"extensions\": [", "\"extensions\": ]");
        var before = bench.content();

        var restore = bench.fails(3, "restore", changed, "--yes");
        assertThat(restore.stderr()).contains(changed + " is damaged", "its checksum does not fit");
        assertThat(bench.fails(3, "restore", unreadable, "--yes").stderr()).contains(unreadable + " is damaged");
        assertThat(bench.content()).isEqualTo(before);
        var verify = bench.pgkeep("verify", "--all");
        assertThat(verify.status()).as(verify.output()).isEqualTo(3);
        assertThat(verify.output())
                .contains(
                        good + " checked",
                        unreadable + " is damaged",
                        changed + " is damaged",
                        "2 of 3 backups are damaged",
                        "the newest good one is " + good);
        assertThat(bench.find(good).isDamaged()).isFalse();
        assertThat(bench.find(changed).isDamaged()).isTrue();
        bench.nothingIsLeft();
    }

    @Test
    void metadata_of_another_backup_is_not_followed() throws IOException {
        String first = bench.backup();
        bench.database().execute("delete from orders where id % 2 = 0");
        String second = bench.backup();
        Files.copy(
                bench.find(first).metadata().orElseThrow(),
                bench.find(second).metadata().orElseThrow(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        var before = bench.content();
        assertThat(bench.pgkeep("verify", second).output()).contains(second + " is damaged", "but of " + first);
        assertThat(bench.fails(3, "restore", second, "--yes").stderr()).contains("the newest good one is " + first);
        assertThat(bench.content()).isEqualTo(before);
    }

    private void replace(String backup, String from, String to) throws IOException {
        Path metadata = bench.find(backup).metadata().orElseThrow();
        String text = Files.readString(metadata);
        assertThat(text).contains(from);
        Files.writeString(metadata, text.replace(from, to));
    }
}
