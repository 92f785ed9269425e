package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real archives of every client version, whole and cut off. */
final class DumpReaderIT {
    @TempDir
    private Path folder;

    static Stream<ClientSet> clients() {
        return PostgresClients.tools().sets().stream();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void tables_and_rows_are_right_in_every_format(ClientSet tools) {
        try (var database = filled()) {
            for (String options : List.of("-Fc", "-Fc -Z0", "-Fd", "-Fd -Z0", "-Ft", "-Fp", "-Fp -Z5")) {
                var dump = Archives.dump(database, tools, folder.resolve("whole" + options), options.split(" "));
                assertThat(reader(tools).scan(dump, Progress.SILENT).rows())
                        .as(options)
                        .isEqualTo(Map.of(
                                new TableName("public", "a"), 3L,
                                new TableName("public", "b c"), 2000L,
                                new TableName("public", "none"), 0L));
            }
            for (String options : List.of(
                    "-Fd --inserts",
                    "-Fd -Z0 --column-inserts",
                    "-Ft --inserts",
                    "-Ft --rows-per-insert=7",
                    "-Fc --inserts")) {
                var dump = Archives.dump(database, tools, folder.resolve("whole" + options), options.split(" "));
                assertThat(reader(tools).scan(dump, Progress.SILENT).inserts()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_file_of_a_folder_that_is_cut_anywhere_is_named_with_its_table(ClientSet tools) throws IOException {
        try (var database = filled()) {
            for (String options : List.of("-Fd", "-Fd -Z0")) {
                var dump = Archives.dump(database, tools, folder.resolve("cut" + options), options.split(" "));
                var entry = reader(tools).list(dump).ofType("TABLE DATA").stream()
                        .filter(each -> each.name().equals("b c"))
                        .findFirst()
                        .orElseThrow();
                Path plain = dump.path().resolve(entry.file().orElseThrow());
                Path file = Files.exists(plain) ? plain : Path.of(plain + ".gz");
                byte[] whole = Files.readAllBytes(file);
                int line = firstLine(whole);
                for (int length : new int[] {0, 1, line, whole.length / 2, whole.length - 9, whole.length - 3}) {
                    Files.write(file, Arrays.copyOf(whole, length));
                    assertDamaged(tools, dump, file + "", "public.b c");
                }
                Files.delete(file);
                assertDamaged(tools, dump, "is missing", "public.b c");
            }
        }
    }

    private static int firstLine(byte[] bytes) {
        int at = 0;
        while (at < bytes.length - 10 && bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private static void assertDamaged(ClientSet tools, DumpFile dump, String... texts) {
        assertThatThrownBy(() -> reader(tools).scan(dump, Progress.SILENT))
                .isInstanceOfSatisfying(PgkeepException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
                    assertThat(e.getMessage()).contains(texts);
                });
    }

    private static DumpReader reader(ClientSet tools) {
        return new DumpReader(tools, new Cancellation());
    }

    private static TestDatabase filled() {
        var database = PostgresServers.any().database();
        database.execute("CREATE TABLE a (n int); INSERT INTO a VALUES (1), (2), (3);"
                + " CREATE TABLE \"b c\" (n int, v text); INSERT INTO \"b c\" SELECT i, md5(i::text) FROM"
                + " generate_series(1, 2000) i; CREATE TABLE none (n int)");
        return database;
    }
}
