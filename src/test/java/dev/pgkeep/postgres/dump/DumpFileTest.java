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
                "another database system, SQLite");
        assertFails(write("other.tar", tar("photos/1.jpg")), ErrorCode.FORMAT_UNKNOWN, "not one of pg_dump");
        assertFails(
                write("photo.dump", new byte[] {(byte) 0xff, (byte) 0xd8, 0, 0}),
                ErrorCode.FORMAT_UNKNOWN,
                "neither SQL");
    }

    @Test
    void text_that_is_no_script_is_named_with_what_to_do() throws IOException {
        for (String[] each : new String[][] {
            {"<!DOCTYPE html><html><body>Log in</body></html>", "is a web page", "download it again"},
            {"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "a document in XML", "may say why"},
            {"{\"tables\": []}", "a document in JSON", "pgkeep reads .sql"},
            {"pg_dump: error: connection to server at \"db\" failed\n", "holds no SQL", "instead of writing a dump"},
            {"bash: line 1: pg_dump: command not found\n", "\"bash: line 1: pg_dump: command", "instead of writing"},
            {"Load key \"/root/.ssh/id\": Permission denied\n", "holds no SQL", "instead of writing"},
            {"\u001b[31mError\u001b[0m: no such container", "\"\\u001b[31mError", "instead of writing"},
            {"id,name\n1,a\n", "it begins with \"id,name\"", "instead of writing"},
            {"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "the place of one", "git lfs pull"},
            {"PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n", "another database system, SQLite", "pgloader"},
            {"USE [shop]\nGO\nCREATE TABLE [dbo].[t] (id int)\nGO\n", "SQL Server", "pgloader"},
            {"/*!40101 SET NAMES utf8 */;\nCREATE TABLE `t` (a int);\n", "MySQL or MariaDB", "pgloader"},
        }) {
            Path file = write("text.sql", each[0].getBytes(StandardCharsets.UTF_8));
            assertRefused(file, each[1], each[2]);
            assertRefused(write("text.sql.gz", gzip(each[0].getBytes(StandardCharsets.UTF_8))), each[1], each[2]);
        }
    }

    @Test
    void what_a_program_said_before_a_dump_is_named_with_how_to_take_it_out() throws IOException {
        String dump = "--\n-- PostgreSQL database dump\n--\n\nSET x = 1;\n";
        byte[] one = ("Password: \n" + dump).getBytes(StandardCharsets.UTF_8);
        String two = "pg_dump: warning: circular foreign keys é\r\npg_dump: detail: t\r\n" + dump;
        assertRefused(
                write("one.sql", one),
                "begins with a line that a program said before the dump: \"Password:\"",
                "take it out: tail -n +2 " + folder.resolve("one.sql") + " > one.new.sql");
        assertRefused(
                write("two.sql.gz", gzip(two.getBytes(StandardCharsets.UTF_8))),
                "begins with 2 lines",
                "gzip -dc " + folder.resolve("two.sql.gz") + " | tail -n +3 > two.new.sql");
        assertRefused(
                write("prompt.sql", ("Password: " + dump).getBytes(StandardCharsets.UTF_8)), "a line", "tail -n +2");
        byte[] archive = new byte[200];
        System.arraycopy("Password: \r\n".getBytes(StandardCharsets.UTF_8), 0, archive, 0, 12);
        System.arraycopy(CUSTOM, 0, archive, 12, CUSTOM.length);
        assertRefused(write("shop.dump", archive), "before the dump: \"Password:\"", "tail -c +13 ");
        // The longest of all: as many warnings as there are tables.
        String many = "pg_dump: warning: circular foreign keys\n".repeat(300);
        assertRefused(write("many.sql", (many + dump).getBytes(StandardCharsets.UTF_8)), "300 lines", "tail -n +301 ");
    }

    @Test
    void scripts_that_begin_in_any_way_are_scripts() throws IOException {
        for (String text : new String[] {
            "\ufeff-- nothing\nSELECT 1;\n",
            "\\connect shop\nSET x = 1;\n",
            "/* \n * Copyright\n */\n\nBEGIN;\n",
            "(SELECT 1) UNION SELECT 2;\n",
            "load 'auto_explain';\n",
            "-- a comment of any length\n".repeat(200) + "SELECT 1;",
            "-- moved from MySQL dump 7\nvacuum;\n",
        }) {
            Path file = write("script.sql", text.getBytes(StandardCharsets.UTF_8));
            assertThat(DumpFile.recognise(file).format()).as(text).isEqualTo(Format.PLAIN);
        }
    }

    @Test
    void files_packed_otherwise_are_named_with_the_command_that_unpacks_them() throws IOException {
        for (String[] each : new String[][] {
            {"fd377a585a00", "xz", "xz -dk "},
            {"425a683931", "bzip2", "bzip2 -dk "},
            {"504b0304", "zip", "unzip "},
            {"377abcaf271c", "7z", "7z x "},
            {"04224d1800", "lz4", "lz4 -dk "},
            {"53616c7465645f5f", "openssl", "openssl enc -d"},
        }) {
            byte[] content = java.util.HexFormat.of().parseHex(each[0]);
            Path file = write("my dump", content);
            assertRefused(file, each[1], each[2]);
            assertRefused(file, "", "'" + file + "'");
        }
    }

    @Test
    void text_in_utf_16_is_named_whatever_it_says() throws IOException {
        byte[] marked = ("\ufeff" + Scripts.SMALL).getBytes(StandardCharsets.UTF_16LE);
        assertRefused(write("a.sql", marked), "UTF-16", "iconv -f UTF-16 -t UTF-8 " + folder.resolve("a.sql"));
        assertRefused(
                write("b.sql", Scripts.SMALL.getBytes(StandardCharsets.UTF_16LE)), "UTF-16", "iconv -f UTF-16LE ");
        assertRefused(
                write("c.sql", "\ufeffUSE [shop]\r\nGO\r\n".getBytes(StandardCharsets.UTF_16LE)),
                "SQL Server",
                "pgloader");
        assertRefused(
                write("d.dump", "\ufeffPGDMP\1\16".getBytes(StandardCharsets.UTF_16LE)), "it is lost", "pg_dump -Fc");
    }

    @Test
    void an_archive_that_was_taken_for_text_is_named() throws IOException {
        String toc = "SET client_encoding = 'UTF8';\n\2\nx";
        byte[] whole = ("PGDMP\1\16\0" + toc).getBytes(StandardCharsets.ISO_8859_1);
        assertFile("whole.dump", whole, Format.CUSTOM, Method.NONE);
        byte[] mangled = ("PGDMP\1\16\0" + toc.replace("\n", "\r\n")).getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(write("m.dump", mangled), "became CR LF", "perl -pe");
        byte[] replaced = ("PGDMP\1\16\0\ufffd" + toc.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);
        assertRefused(write("r.dump", replaced), "and is lost", "pg_dump -Fc");
        Path directory = Files.createDirectory(folder.resolve("directory"));
        Files.write(directory.resolve("toc.dat"), mangled);
        assertRefused(directory, "became CR LF", "perl -pe");
    }

    @Test
    void what_pzstd_writes_is_read() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (String part : Scripts.SMALL.split("(?<=\n)", 2)) {
            byte[] frame = Zstd.compress(part.getBytes(StandardCharsets.UTF_8));
            bytes.write(new byte[] {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, (byte) frame.length, 0, 0, 0});
            bytes.write(frame);
        }
        assertFile("shop.sql.zst", bytes.toByteArray(), Format.PLAIN, Method.ZSTD);
    }

    @Test
    void lz4_around_a_file_is_named_with_what_to_do() throws IOException {
        assertThatThrownBy(() -> DumpFile.recognise(write("x.lz4", new byte[] {4, 0x22, 0x4d, 0x18, 0})))
                .isInstanceOfSatisfying(PgkeepException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNKNOWN);
                    assertThat(e.hint()).contains("lz4 -dk");
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

    private static void assertRefused(Path path, String text, String hint) {
        assertThatThrownBy(() -> DumpFile.recognise(path)).isInstanceOfSatisfying(PgkeepException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNKNOWN);
            assertThat(e.getMessage()).startsWith(path.toString()).contains(text);
            assertThat(e.hint()).contains(hint);
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
