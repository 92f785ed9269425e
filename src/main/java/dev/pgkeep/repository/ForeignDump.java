package dev.pgkeep.repository;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
        Optional<String> origin = Optional.empty();
        try {
            DumpFile dump = DumpFile.recognise(path);
            format = dump.describe();
            origin = DumpOrigin.database(dump);
        } catch (PgkeepException e) {
            format = "?";
            problem = Optional.of(e.getMessage());
        }
        Optional<String> inside = origin;
        String beside = sidecar(path, name);
        Instant created = field(beside, "created|created_?at|timestamp|date|time|started_?at")
                .flatMap(ForeignDump::instant)
                .or(() -> new DumpName(name).moment())
                .orElse(Files.getLastModifiedTime(path).toInstant());
        return new StoredBackup(
                name,
                field(beside, "database|database_?name|db|dbname|db_?name")
                        .or(() -> inside)
                        .or(() -> new DumpName(name).database()),
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
            return new DumpName(text).moment();
        }
    }
}
