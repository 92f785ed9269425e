package dev.pgkeep.repository;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.postgres.dump.DumpFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dump that pgkeep did not make: what its content, its name and a file beside it tell. Sidecar files are read
 * leniently, since every tool writes its own: {@code "database": "shop"}, {@code database=shop}, {@code Database:
 * shop}.
 */
final class ForeignDump {
    private static final List<String> ENDINGS = List.of(
            ".sql.gz",
            ".sql.zst",
            ".sql.zstd",
            ".sql.xz",
            ".sql.bz2",
            ".sql.lz4",
            ".sql.zip",
            ".sql.7z",
            ".dump.gz",
            ".dump.zst",
            ".dump.xz",
            ".dump.bz2",
            ".dump.lz4",
            ".dump.zip",
            ".tar.gz",
            ".sql",
            ".dump",
            ".backup",
            ".pgdump",
            ".custom",
            ".tar",
            ".gz",
            ".zst");
    private static final List<String> SIDECARS = List.of(".json", ".metadata.json", ".info");
    private static final int SIDECAR_LIMIT = 256 * 1024;
    private static final Pattern DATE = Pattern.compile(
            "(20\\d\\d)[-_.]?([01]\\d)[-_.]?([0-3]\\d)(?:[-_T.]?([0-2]\\d)[-_:.h]?([0-5]\\d)(?:[-_:.m]?([0-5]\\d))?)?");

    private ForeignDump() {}

    /** Whether a name looks like a dump's, so that it is worth looking inside. */
    static boolean looksLikeOne(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return Files.isDirectory(path)
                ? Files.exists(path.resolve("toc.dat")) || Files.exists(path.resolve("toc.dat.gz"))
                : ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** The name without its ending. */
    static String nameOf(Path path) {
        String name = String.valueOf(path.getFileName());
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream()
                .filter(lower::endsWith)
                .findFirst()
                .map(ending -> name.substring(0, name.length() - ending.length()))
                .filter(rest -> !rest.isEmpty())
                .orElse(name);
    }

    static StoredBackup read(Path path, String name, List<StoredBackup.MarkName> marks) throws IOException {
        String format;
        Optional<String> problem = Optional.empty();
        try {
            format = DumpFile.recognise(path).describe();
        } catch (PgkeepException e) {
            format = "?";
            problem = Optional.of(e.getMessage());
        }
        String beside = sidecar(path, name);
        Instant created = field(beside, "created|created_?at|timestamp|date|time|started_?at")
                .flatMap(ForeignDump::instant)
                .or(() -> dateIn(name))
                .orElse(Files.getLastModifiedTime(path).toInstant());
        return new StoredBackup(
                name,
                field(beside, "database|database_?name|db|dbname|db_?name"),
                created,
                Optional.empty(),
                format,
                Listing.bytesOf(path),
                Optional.empty(),
                List.of(path),
                Optional.empty(),
                problem,
                marks);
    }

    /** A date and time in a file's name, for instance {@code shop_2026-11-20_143052}; UTC is assumed. */
    static Optional<Instant> dateIn(String name) {
        Matcher match = DATE.matcher(name);
        if (!match.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(
                            number(match, 1),
                            number(match, 2),
                            number(match, 3),
                            number(match, 4),
                            number(match, 5),
                            number(match, 6))
                    .toInstant(ZoneOffset.UTC));
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher match, int group) {
        return match.group(group) == null ? 0 : Integer.parseInt(match.group(group));
    }

    private static String sidecar(Path path, String name) throws IOException {
        for (String ending : SIDECARS) {
            for (String base : List.of(name, String.valueOf(path.getFileName()))) {
                Path beside = path.resolveSibling(base + ending);
                if (Files.isRegularFile(beside) && Files.size(beside) <= SIDECAR_LIMIT) {
                    return new String(RegularFile.bytes(beside), StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }

    private static Optional<String> field(String text, String names) {
        Matcher match = Pattern.compile("(?im)(?:^|[\\s{,])\"?(?:" + names
                        + ")\"?\\s*[:=]\\s*(?:\"([^\"\\n]*)\"|([^\\s,}\"][^,}\\n\"]*))")
                .matcher(text);
        if (!match.find()) {
            return Optional.empty();
        }
        String value = match.group(1) != null ? match.group(1) : match.group(2);
        return Optional.of(value.strip()).filter(found -> !found.isEmpty());
    }

    private static Optional<Instant> instant(String text) {
        try {
            if (text.matches("\\d{10}")) {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
            }
            if (text.matches("\\d{13}")) {
                return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
            }
            return Optional.of(
                    java.time.OffsetDateTime.parse(text.replace(' ', 'T')).toInstant());
        } catch (DateTimeParseException e) {
            return dateIn(text);
        }
    }
}
