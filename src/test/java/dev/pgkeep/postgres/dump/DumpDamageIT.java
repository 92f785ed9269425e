package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage at places drawn by chance, the same in each run. A cut is always found. A flipped bit is found wherever the
 * format has a checksum: in rows compressed by gzip, in files compressed by gzip or by zstd with its checksum.
 * Elsewhere (rows that are not compressed, statements, names and times in headers) a flip may only make another dump
 * that reads as well; the SHA-256 that metadata holds is what finds those, see GoldenRepositoryIT.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DumpDamageIT {
    private static final long SEED = 20_261_121;
    private static final int DRAWS = 25;
    private static final int GZIP_HEADER = 10;

    private final ClientSet tools = PostgresClients.tools().sets().getFirst();
    private final Random random = new Random(SEED);

    private Path folder = Path.of("none");
    private Path damaged = folder;
    private byte[] whole = {};

    @BeforeAll
    void dump(@TempDir Path temporary) {
        folder = temporary;
        try (var database = PostgresServers.any().database()) {
            database.execute("CREATE TABLE a (n int); INSERT INTO a VALUES (1), (2), (3); CREATE TABLE none ();"
                    + " SELECT lo_from_bytea(4711, decode(repeat('2a17', 900), 'hex'));"
                    + " CREATE TABLE b (n int, v text); INSERT INTO b SELECT i, md5(i::text)"
                    + " FROM generate_series(1, 2000) i");
            for (String options : List.of("-Fc -Z6", "-Fc -Z0", "-Ft", "-Fd -Z6", "-Fd -Z0", "-Fp")) {
                Archives.dump(database, tools, folder.resolve(options), options.split(" "));
            }
        }
        for (String program : List.of("gzip", "zstd")) {
            Path plain = folder.resolve("-Fp");
            var done = Commands.run(List.of(
                    "sh", "-c", program + " -c < '" + plain + "' > '" + folder.resolve("plain." + program) + "'"));
            assertThat(done.status()).as(done.output()).isZero();
        }
    }

    @AfterEach
    void heal() throws IOException {
        Files.write(damaged, whole);
    }

    @Test
    void what_is_whole_is_taken_from_every_version_of_pg_dump() {
        for (ClientSet each : PostgresClients.tools().sets()) {
            try (var database = PostgresServers.any().database()) {
                database.execute("CREATE TABLE a (n int); SELECT lo_from_bytea(0, 'x') FROM generate_series(1, 1100)");
                for (String options : Campaign.LONG
                        ? List.of("-Fc", "-Ft", "-Fd", "-Fd -Z0", "-Fd --schema-only", "-Fd --data-only")
                        : List.of("-Fc", "-Fd --data-only")) {
                    Path path = folder.resolve("whole " + each.version() + options);
                    Archives.dump(database, each, path, options.split(" "));
                    assertThat(problem(path)).as(path.toString()).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Fc -Z6", "-Fc -Z0", "-Ft", "plain.gzip", "plain.zstd"})
    void a_file_that_is_cut_anywhere_is_found(String name) throws IOException {
        take(folder.resolve(name));
        assertEachCutIsFound(folder.resolve(name), whole.length);
    }

    @Test
    void a_script_that_is_cut_anywhere_before_its_closing_line_is_found() throws IOException {
        take(folder.resolve("-Fp"));
        String closing = "-- PostgreSQL database dump complete";
        int end = new String(whole, StandardCharsets.ISO_8859_1).indexOf(closing) + closing.length();
        assertEachCutIsFound(damaged, end);
        Files.write(damaged, Arrays.copyOf(whole, end));
        assertThat(problem(damaged)).as("nothing of worth comes behind it").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Fd -Z6", "-Fd -Z0"})
    void a_folder_with_a_file_that_is_cut_anywhere_is_found(String name) throws IOException {
        for (Path file : filesOf(name)) {
            if (file.getFileName().toString().matches("blob_\\d+\\.dat")) {
                continue; // nothing tells its end but checksums
            }
            take(file);
            assertEachCutIsFound(folder.resolve(name), whole.length);
            heal();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.gzip", "plain.zstd"})
    void a_bit_that_flips_in_a_compressed_script_is_found(String name) throws IOException {
        take(folder.resolve(name));
        assertFlipsAreFound(folder.resolve(name), at -> at >= GZIP_HEADER);
    }

    @Test
    void a_bit_that_flips_in_compressed_rows_of_an_archive_is_found() throws IOException {
        take(folder.resolve("-Fc -Z6"));
        var in = new ByteArrayInputStream(whole);
        assertThat(ArchiveToc.read(in)).isPresent();
        int rows = whole.length - in.available();
        assertThat(rows).isBetween(500, whole.length / 2);
        assertFlipsAreFound(damaged, at -> at >= rows);
    }

    @Test
    void a_bit_that_flips_in_a_compressed_file_of_a_folder_is_found() throws IOException {
        for (Path file : filesOf("-Fd -Z6")) {
            if (file.toString().endsWith(".gz")) {
                take(file);
                assertFlipsAreFound(folder.resolve("-Fd -Z6"), at -> at >= GZIP_HEADER);
                heal();
            }
        }
    }

    @Test
    void a_bit_that_flips_in_a_header_of_a_tar_file_is_found() throws IOException {
        take(folder.resolve("-Ft"));
        int header = 0;
        while (whole[header] != 0) {
            int from = header;
            assertFlipsAreFound(damaged, at -> at >= from && at < from + 512);
            int size = Integer.parseInt(new String(whole, header + 124, 11, StandardCharsets.US_ASCII), 8);
            header += 512 + (size + 511) / 512 * 512;
        }
        assertThat(whole.length - header).isEqualTo(1024);
        int end = header;
        assertFlipsAreFound(damaged, at -> at >= end);
    }

    /** pg_restore takes a count below zero for an archive without anything, and a smaller one for less. */
    @ParameterizedTest
    @ValueSource(strings = {"-Fc -Z6", "-Ft", "-Fd -Z0"})
    void a_count_of_entries_that_is_not_theirs_is_found(String name) throws IOException {
        Path dump = folder.resolve(name);
        Path file = Files.isDirectory(dump) ? dump.resolve("toc.dat") : dump;
        int count;
        try (var in = ArchiveVersion.openToc(DumpFile.recognise(dump))) {
            count = ArchiveToc.read(in).orElseThrow().entries().size();
        }
        take(file);
        int at = 0;
        while (!(whole[at] == 0
                && whole[at + 1] == count
                && whole[at + 2] == 0
                && whole[at + 3] == 0
                && whole[at + 4] == 0
                && at > 60)) {
            at++;
        }
        for (int wrong : new int[] {-count, 0, 1, count - 1, count + 1, Integer.MAX_VALUE}) {
            byte[] bytes = whole.clone();
            bytes[at] = (byte) (wrong < 0 ? 1 : 0);
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[at + 1 + i] = (byte) (Math.abs(wrong) >> 8 * i);
            }
            Files.write(damaged, bytes);
            assertThat(problem(dump))
                    .as(name + " with " + wrong + " of " + count)
                    .isPresent();
            assertThatThrownBy(() -> new DumpReader(tools, new Cancellation()).list(DumpFile.recognise(dump)))
                    .isInstanceOf(PgkeepException.class);
        }
    }

    /** Reading ends with an answer whatever the bytes are, in time and without a fault of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"-Fc -Z6", "-Fc -Z0", "-Ft", "-Fd -Z6", "-Fd -Z0", "-Fp", "plain.gzip", "plain.zstd"})
    void a_bit_that_flips_anywhere_never_confuses_the_reader(String name) throws IOException {
        Path dump = folder.resolve(name);
        List<Path> files = Files.isDirectory(dump) ? filesOf(name) : List.of(dump);
        for (int draw = 0; draw < DRAWS; draw++) {
            take(files.get(random.nextInt(files.size())));
            int bit = random.nextInt(whole.length * 8);
            Files.write(damaged, flipped(bit));
            problem(dump)
                    .ifPresent(e -> assertThat(e.code())
                            .as(damaged + " bit " + bit + ": " + e.getMessage())
                            .isNotIn(ErrorCode.INTERNAL, ErrorCode.INTERRUPTED));
            heal();
        }
    }

    private void assertEachCutIsFound(Path dump, int end) throws IOException {
        for (int draw = 0; draw < DRAWS; draw++) {
            int length = switch (draw) {
                case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> draw;
                case 9 -> end - 1;
                case 10 -> Math.max(0, end - 600);
                default -> random.nextInt(end);
            };
            if (length < end) {
                Files.write(damaged, Arrays.copyOf(whole, length));
                assertThat(problem(dump))
                        .as(damaged + " cut to " + length + " of " + whole.length)
                        .get()
                        .extracting(PgkeepException::code)
                        .isIn(ErrorCode.BACKUP_DAMAGED, ErrorCode.FORMAT_UNKNOWN);
            }
        }
    }

    /** A bit that means nothing, such as those that fill up the last byte of a stream, may change unseen. */
    private void assertFlipsAreFound(Path dump, IntPredicate where) throws IOException {
        String script = script(dump);
        int[] places = random.ints(0, whole.length).filter(where).limit(DRAWS).toArray();
        for (int at : places) {
            int bit = at * 8 + random.nextInt(8);
            Files.write(damaged, flipped(bit));
            if (problem(dump).isEmpty()) {
                assertThat(script(dump)).as(damaged + " bit " + bit).isEqualTo(script);
            }
        }
    }

    private byte[] flipped(int bit) {
        byte[] bytes = whole.clone();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return bytes;
    }

    private void take(Path file) throws IOException {
        damaged = file;
        whole = Files.readAllBytes(file);
    }

    private List<Path> filesOf(String name) throws IOException {
        try (var files = Files.list(folder.resolve(name))) {
            return files.sorted().toList();
        }
    }

    /** What it stands for, without the keys that pg_restore draws anew each time. */
    private String script(Path path) throws IOException {
        DumpFile dump = DumpFile.recognise(path);
        String text;
        if (dump.format().isArchive()) {
            List<String> command = tools.command(Tool.PG_RESTORE, "--file=-", path.toString());
            command.remove("--no-password");
            text = Commands.run(command).stdout();
        } else {
            try (var in = Decompression.open(Files.newInputStream(path), dump.wrapping())) {
                text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }
        return text.replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }

    private Optional<PgkeepException> problem(Path path) {
        try {
            new DumpReader(tools, new Cancellation()).scan(DumpFile.recognise(path), Progress.SILENT);
            return Optional.empty();
        } catch (PgkeepException e) {
            return Optional.of(e);
        }
    }
}
