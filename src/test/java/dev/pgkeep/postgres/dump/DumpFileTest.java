package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Compression.Method;
import dev.pgkeep.format.manifest.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpFileTest {
    private static final byte[] CUSTOM = {'P', 'G', 'D', 'M', 'P', 1, 14, 0, 4, 8, 1, 0};

    @TempDir
    Path folder;

    @Test
    void the_content_decides_and_not_the_name() throws IOException {
        assertFile("shop.dump", Scripts.SMALL.getBytes(StandardCharsets.UTF_8), Format.PLAIN, Method.NONE);
        assertFile("shop.sql", CUSTOM, Format.CUSTOM, Method.NONE);
        assertFile("shop", tar("toc.dat"), Format.TAR, Method.NONE);
        assertFile("shop.tar", gzip(Scripts.SMALL.getBytes(StandardCharsets.UTF_8)), Format.PLAIN, Method.GZIP);
        assertFile("shop.gz", Zstd.compress("SELECT 1;".getBytes(StandardCharsets.UTF_8)), Format.PLAIN, Method.ZSTD);
        assertFile("shop.sql.gz", gzip(CUSTOM), Format.CUSTOM, Method.GZIP);
        assertFile("shop.tgz", gzip(tar("toc.dat")), Format.TAR, Method.GZIP);
    }

    @Test
    void a_folder_with_a_table_of_contents_is_a_dump() throws IOException {
        assertFails(folder, ErrorCode.FORMAT_UNKNOWN, "without toc.dat");
        Files.write(folder.resolve("toc.dat"), CUSTOM);
        assertThat(DumpFile.recognise(folder).format()).isEqualTo(Format.DIRECTORY);
    }

    @Test
    void a_script_of_pg_dumpall_is_told_apart() throws IOException {
        Path file = write("all.sql", "--\n-- PostgreSQL database cluster dump\n--\n".getBytes(StandardCharsets.UTF_8));
        assertThat(DumpFile.recognise(file).cluster()).isTrue();
        assertThat(DumpFile.recognise(write("one.sql", Scripts.SMALL.getBytes(StandardCharsets.UTF_8)))
                        .cluster())
                .isFalse();
    }

    @Test
    void what_is_no_dump_of_postgresql_is_refused_and_named() throws IOException {
        assertFails(
                write("mysql.sql", "-- MySQL dump 10.13\n".getBytes(StandardCharsets.UTF_8)),
                ErrorCode.FORMAT_UNKNOWN,
                "another database system");
        assertFails(
                write("maria.sql", "/*M!999999\\- enable */\n-- MariaDB dump 10.19\n".getBytes(StandardCharsets.UTF_8)),
                ErrorCode.FORMAT_UNKNOWN,
                "another database system");
        assertFails(
                write("lite.db", "SQLite format 3\0".getBytes(StandardCharsets.UTF_8)),
                ErrorCode.FORMAT_UNKNOWN,
                "neither SQL");
        assertFails(write("other.tar", tar("photos/1.jpg")), ErrorCode.FORMAT_UNKNOWN, "not one of pg_dump");
        assertFails(
                write("photo.dump", new byte[] {(byte) 0xff, (byte) 0xd8, 0, 0}),
                ErrorCode.FORMAT_UNKNOWN,
                "neither SQL");
    }

    @Test
    void lz4_around_a_file_is_named_with_what_to_do() throws IOException {
        assertThatThrownBy(() -> DumpFile.recognise(write("x.lz4", new byte[] {4, 0x22, 0x4d, 0x18, 0})))
                .isInstanceOfSatisfying(PgkeepException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNKNOWN);
                    assertThat(e.hint()).contains("lz4 -d");
                });
    }

    @Test
    void what_is_missing_empty_or_cut_in_its_head_is_named() throws IOException {
        assertFails(folder.resolve("gone.sql"), ErrorCode.BACKUP_NOT_FOUND, "gone.sql");
        assertFails(write("empty.dump", new byte[0]), ErrorCode.BACKUP_DAMAGED, "is empty");
        byte[] gz = gzip(Scripts.SMALL.repeat(100).getBytes(StandardCharsets.UTF_8));
        byte[] zst = Zstd.compress(Scripts.SMALL.repeat(100).getBytes(StandardCharsets.UTF_8));
        for (int length : new int[] {4, 9, 15}) {
            assertFails(write("a.gz", Arrays.copyOf(gz, length)), ErrorCode.BACKUP_DAMAGED, "a.gz");
            assertFails(write("a.zst", Arrays.copyOf(zst, length)), ErrorCode.BACKUP_DAMAGED, "a.zst");
        }
    }

    private void assertFile(String name, byte[] content, Format format, Method wrapping) throws IOException {
        Path file = write(name, content);
        assertThat(DumpFile.recognise(file)).isEqualTo(new DumpFile(file, format, wrapping, false));
    }

    private static void assertFails(Path path, ErrorCode code, String text) {
        assertThatThrownBy(() -> DumpFile.recognise(path)).isInstanceOfSatisfying(PgkeepException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains(text);
        });
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(String firstFile) {
        byte[] block = new byte[1024];
        byte[] name = firstFile.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(name, 0, block, 0, name.length);
        System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, block, 257, 5);
        return block;
    }
}
