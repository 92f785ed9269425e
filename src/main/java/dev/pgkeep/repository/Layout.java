package dev.pgkeep.repository;

import dev.pgkeep.manifest.Mark;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where everything lies in a repository, and how the names of marks are written and read. */
record Layout(Path root) {
    static final String LOCK = "lock";
    /** Among the locks: that of the chunk store. No backup has such a name. */
    static final String CHUNKS = ".chunks";
    /** In a work folder: the metadata that is about to be renamed into place. Its presence decides a crash for it. */
    static final String COMMIT = "commit.json";
    /** In a work folder: the backup of that name is being removed. */
    static final String REMOVAL = "removal";
    /** How the script of a backup's roles and tablespaces ends. */
    private static final String GLOBALS = ".globals.sql";

    private static final DateTimeFormatter MARK_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    Path header() {
        return root.resolve(Header.FILE);
    }

    Path metadata(String name) {
        return root.resolve(name + ".json");
    }

    /** Roles and tablespaces of the server, where a backup has them. */
    Path globals(String name) {
        return root.resolve(name + GLOBALS);
    }

    /** The name of the backup that a script of roles and tablespaces goes with; empty when the file is none. */
    static Optional<String> ownerOfGlobals(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(GLOBALS)
                ? Optional.of(name.substring(0, name.length() - GLOBALS.length()))
                : Optional.empty();
    }

    Path marks() {
        return root.resolve("marks");
    }

    Path runs() {
        return root.resolve("runs");
    }

    Path work() {
        return root.resolve("work");
    }

    Path locks() {
        return root.resolve("locks");
    }

    Path mark(Mark mark) {
        return marks().resolve(mark.backup() + "." + MARK_TIME.format(mark.at()) + "."
                + mark.type().word() + ".json");
    }

    /** Reads the name of a mark's file; empty when it is not one. */
    static Optional<NamedMark> markOf(Path file) {
        String[] parts = String.valueOf(file.getFileName()).split("\\.");
        int count = parts.length;
        if (count < 4 || !parts[count - 1].equals("json")) {
            return Optional.empty();
        }
        String backup = String.join(".", Arrays.asList(parts).subList(0, count - 3));
        Optional<Mark.Type> type = Arrays.stream(Mark.Type.values())
                .filter(each -> each.word().equals(parts[count - 2]))
                .findFirst();
        try {
            Instant at = MARK_TIME.parse(parts[count - 3], Instant::from);
            return type.map(known -> new NamedMark(backup, new StoredBackup.MarkName(known, at, file)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    record NamedMark(String backup, StoredBackup.MarkName mark) {}
}
