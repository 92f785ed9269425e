package dev.pgkeep.format.manifest;

import io.avaje.jsonb.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a backup can be stored: our own, and the portable ones of PostgreSQL. */
public enum Format {
    /** Rows as deduplicated chunks in the repository's packs, everything else as chunks of an archive of pg_dump. */
    CHUNKED("chunked", ""),
    /** One SQL script, optionally compressed as a whole. */
    PLAIN("plain", ".sql"),
    /** pg_dump's own archive in one file. */
    CUSTOM("custom", ".dump"),
    /** The archive as a tar file; pg_dump cannot compress it. */
    TAR("tar", ".tar"),
    /** The archive as a folder with a file per table, written by several connections at once. */
    DIRECTORY("directory", "");

    private final String word;
    private final String extension;

    Format(String word, String extension) {
        this.word = word;
        this.extension = extension;
    }

    /** The word in metadata and on the command line. */
    @Json.Value
    public String word() {
        return word;
    }

    /** The ending of the file's name, before that of a compression. */
    public String extension() {
        return extension;
    }

    /** Whether pg_restore reads its files (and can therefore restore parts of it). */
    public boolean isArchive() {
        return this != PLAIN && this != CHUNKED;
    }

    /** Whether the form has files of its own, which PostgreSQL's programs understand. */
    public boolean isPortable() {
        return this != CHUNKED;
    }

    /** Reads a word as a user types it; {@code sql} is understood as {@code plain}. */
    public static Optional<Format> of(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        String wanted = switch (lower) {
            case "sql", "p", "text" -> "plain";
            case "c", "dump" -> "custom";
            case "t" -> "tar";
            case "d", "dir" -> "directory";
            default -> lower;
        };
        return Arrays.stream(values())
                .filter(format -> format.word.equals(wanted))
                .findFirst();
    }

    @Override
    public String toString() {
        return word;
    }
}
