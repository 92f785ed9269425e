package dev.pgkeep.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PasswordFileTest {
    private static final String CONTENT = """
            # a comment:5432:x:y:z
            db:5432:shop:app:first
            db:5432:shop:app:second
            db:*:*:app:wild
            2001\\:db8\\:\\:7:5432:shop:app:six
            odd:5432:a\\:b:app:pa\\:ss\\\\:word
            localhost:5432:shop:app:local
            too:few:fields
            """;

    @TempDir
    Path home;

    private Path write(String mode) throws IOException {
        Path file = Files.writeString(home.resolve(".pgpass"), CONTENT);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private TargetReader.Reading read(String text) {
        return TargetReader.read(text, Map.of(), home, "--url");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://app@db/shop, first",
        "postgres://app@db/other, wild",
        "postgres://app@db:6000/shop, wild",
        "postgres://app@[2001:db8::7]/shop, six",
        "postgres://app@odd/a%3Ab, pa:ss\\:word",
        "postgres://app@localhost/shop, local",
        "postgres://app@/shop?host=/var/run/postgresql, local",
        "postgres://app:own@db/shop, own",
    })
    void the_first_line_that_fits_counts(String text, String password) throws IOException {
        write("rw-------");
        assertThat(read(text).target().password().orElseThrow().reveal()).isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource({"postgres://other@db/shop", "postgres://app@elsewhere/shop", "postgres://app@/shop?host=/elsewhere"})
    void no_line_that_fits_means_no_password(String text) throws IOException {
        write("rw-------");
        assertThat(read(text).target().password()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----", "rw----r--", "rw-rw-rw-"})
    void a_file_that_others_can_read_is_ignored_with_a_note(String mode) throws IOException {
        write(mode);
        var reading = read("postgres://app@db/shop");
        assertThat(reading.target().password()).isEmpty();
        assertThat(reading.notes())
                .singleElement()
                .asString()
                .contains("chmod 600")
                .doesNotContain("first");
    }

    @Test
    void the_file_may_be_named_in_the_text_or_the_environment_or_lie_in_the_windows_folder() throws IOException {
        Path file = write("rw-------");
        Path moved = Files.move(file, home.resolve("elsewhere"));
        assertThat(read("host=db dbname=shop user=app passfile=" + moved)
                        .target()
                        .password())
                .contains(new Secret("first"));
        var environment = Map.of("PGPASSFILE", moved.toString());
        assertThat(TargetReader.read("postgres://app@db/shop", environment, home, "x")
                        .target()
                        .password())
                .contains(new Secret("first"));
        Path folder = Files.createDirectory(home.resolve("postgresql"));
        Files.move(moved, folder.resolve("pgpass.conf"));
        assertThat(TargetReader.read("postgres://app@db/shop", Map.of("APPDATA", home.toString()), home, "x")
                        .target()
                        .password())
                .contains(new Secret("first"));
    }
}
