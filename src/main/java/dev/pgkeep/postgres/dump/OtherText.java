package dev.pgkeep.postgres.dump;

import dev.pgkeep.base.units.Visible;
import dev.pgkeep.format.manifest.Compression.Method;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that is no script of PostgreSQL's: dumps of other systems, pages and documents, what a program said instead of
 * writing a dump, or before it did.
 */
final class OtherText {
    private static final int SHOWN = 160;
    private static final String ARCHIVE = "PGDMP";
    private static final Pattern DUMP =
            Pattern.compile("(?m)^-- PostgreSQL database (?:cluster )?dump\\s*?$|" + ARCHIVE);
    private static final String NEXT_TIME =
            "run it again, and see that it ends well: its errors belong on the screen, not in the file (no 2>&1)";

    /** What a text is, by a pattern that it holds, and what to do. */
    private enum Kind {
        MYSQL(
                "(?m)^-- (MySQL|MariaDB) dump|/\\*!\\d{5} |/\\*M!\\d+|^-- phpMyAdmin SQL Dump|\\) ENGINE *=",
                "is a dump of another database system, MySQL or MariaDB", Kind.OTHER_SYSTEM),
        SQLITE("\\A\\s*PRAGMA |\\ASQLite format 3", "is a dump of another database system, SQLite", Kind.OTHER_SYSTEM),
        SQL_SERVER(
                "(?m)^SET ANSI_NULLS |^USE \\[|^GO\\s*$|\\[dbo\\]\\.",
                "is a script of another database system, SQL Server",
                Kind.OTHER_SYSTEM),
        LFS(
                "\\Aversion https://git-lfs",
                "is not the dump but the place of one, as Git LFS leaves it",
                "fetch the dump: git lfs pull"),
        PAGE(
                "(?i)\\A\\s*<(!doctype html|html|head)\\b",
                "is a web page",
                "whoever was asked for the dump answered with a page, for a login maybe: download it again"),
        MARKUP(
                "\\A\\s*<[?a-zA-Z]",
                "is a document in XML",
                "if it was downloaded, read it: it may say why there is no dump"),
        JSON("\\A\\s*[\\[{]", "is a document in JSON", OtherFile.READS);

        private static final String OTHER_SYSTEM =
                "pgkeep reads dumps of PostgreSQL; pgloader can bring the data of another system into one";
        private final Pattern pattern;
        private final String what;
        private final String hint;

        Kind(String pattern, String what, String hint) {
            this.pattern = Pattern.compile(pattern);
            this.what = what;
            this.hint = hint;
        }
    }

    private OtherText() {}

    /** Recognises what is no script; empty where a text may be one. */
    static Optional<OtherFile> inside(Path path, String text) {
        return of(path, Method.NONE, text, () -> text);
    }

    /**
     * Recognises what is no script; empty where a text may be one.
     *
     * @param wrapping how the whole file is compressed
     * @param head the first of it
     * @param more as much of it as a program's messages before a dump may be long
     */
    static Optional<OtherFile> of(Path path, Method wrapping, String head, Supplier<String> more) {
        String text = head.startsWith("\ufeff") ? head.substring(1) : head;
        for (Kind kind : Kind.values()) {
            if (kind.pattern.matcher(text).find() && !DUMP.matcher(text).find()) {
                return Optional.of(new OtherFile(kind.what, kind.hint));
            }
        }
        if (SqlCommands.begin(text)) {
            return Optional.empty();
        }
        String all = more.get();
        Matcher dump = DUMP.matcher(all);
        return Optional.of(dump.find() ? message(path, wrapping, text, all.substring(0, dump.end())) : noSql(text));
    }

    /** What somebody said, and no SQL. */
    private static OtherFile noSql(String text) {
        boolean complaint = text.strip().lines().count() < 20;
        return new OtherFile(
                "holds no SQL: it begins with " + shown(text),
                complaint ? "that is what a program said instead of writing a dump: " + NEXT_TIME : OtherFile.READS);
    }

    /** @param before everything to the beginning of the dump, a character for each byte */
    private static OtherFile message(Path path, Method wrapping, String text, String before) {
        String unpacked = switch (wrapping) {
            case NONE -> "";
            case GZIP -> "gzip -dc FILE | ";
            case ZSTD -> "zstd -dc FILE | ";
            case LZ4 -> "lz4 -dc FILE | ";
        };
        long lines = Math.max(
                1, before.lines().filter(line -> !line.strip().equals("--")).count() - 1);
        // Of an archive every byte counts, and a prompt may stand before it on its line.
        String rest = before.endsWith(ARCHIVE)
                ? "tail -c +" + (before.length() - ARCHIVE.length() + 1)
                : "tail -n +" + (lines + 1);
        String file = unpacked.isEmpty() ? " FILE > NEW" : " > NEW";
        Path fresh = unpacked.isEmpty() ? path : Path.of(path.toString().replaceFirst("\\.(gz|zst|zstd|lz4)$", ""));
        return new OtherFile(
                "begins with " + (lines == 1 ? "a line" : lines + " lines") + " that a program said before the dump: "
                        + shown(text),
                "take " + (lines == 1 ? "it" : "them") + " out: "
                        + OtherFile.command(unpacked + rest, path) + OtherFile.command(file, fresh)
                        + "; next time let pg_dump write the file, with --file");
    }

    private static String shown(String text) {
        String line =
                text.strip().lines().findFirst().orElse("").split(ARCHIVE, 2)[0].strip();
        return "\"" + Visible.line(line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line) + "\"";
    }
}
