package dev.pgkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that was lost is made again from the packs; what is damaged in them is named. */
final class RepairIT {
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

    @Test
    void a_lost_index_is_made_again() throws IOException {
        String backup = bench.backup();
        var before = bench.content();
        for (Path index : files("index")) {
            Files.delete(index);
        }

        assertThat(bench.run("repair").stdout()).contains("The index names ");

        assertThat(files("index")).isNotEmpty();
        bench.run("verify", backup);
        bench.run("restore", backup, "--yes");
        assertThat(bench.content()).isEqualTo(before);
        assertThat(bench.run("repair", "--json").stdout())
                .contains("\"chunks\": ", "\"packs\": ")
                .containsIgnoringWhitespaces("\"damaged\": []");
    }

    @Test
    void doctor_says_that_index_and_packs_do_not_agree_and_what_to_do() throws IOException {
        bench.backup();
        assertThat(bench.pgkeep("doctor").output()).contains("and their index agree");
        Path index = files("index").getFirst();
        byte[] bytes = Files.readAllBytes(index);
        bytes[bytes.length - 1] ^= 1;
        Files.write(index, bytes);

        var doctor = bench.pgkeep("doctor");

        assertThat(doctor.status()).isNotZero();
        assertThat(doctor.output()).contains("is damaged, the packs were asked instead", "pgkeep repair");
        bench.run("repair");
        assertThat(bench.pgkeep("doctor").output()).contains("and their index agree");
    }

    @Test
    void a_folder_without_packs_is_refused_and_left_as_it_is() {
        Path wrong = folder.resolve("wrong");
        assertThat(bench.fails(1, "repair", "--repo", wrong.toString()).stderr())
                .contains("there are no packs in " + wrong, "--repo");
        assertThat(wrong).doesNotExist();
    }

    @Test
    void a_damaged_pack_is_named_and_the_next_backup_stores_its_chunks_again() throws IOException {
        bench.backup();
        Path pack = files("packs").stream()
                .max(Comparator.comparing(file -> file.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length / 2] ^= 1;
        Files.write(pack, bytes);

        var repair = bench.pgkeep("repair", "--read-all");

        assertThat(repair.status()).as(repair.output()).isEqualTo(3);
        assertThat(repair.output())
                .contains(pack.getFileName().toString().replace(".pack", ""), "is damaged", "pgkeep verify --all");
        String healed = bench.backup();
        bench.run("verify", healed);
    }

    private List<Path> files(String part) throws IOException {
        try (Stream<Path> files = Files.walk(bench.repository().resolve(part))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
