package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Mark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The layout of a repository: where everything lies, and how the names of marks are written and read. */
record Layout(Path root, Place place) {
    Layout(Path root) {
        this(root, new Place(root));
    }

    /** Creates one of its folders, and the repository itself where there was none when this run began. */
    void create(Path folder) {
        place.prepare();
        PrivateFiles.createFolders(folder);
    }

    static final String LOCK = "lock";
    /** Among the locks: that of the chunk store. No backup has such a name. */
    static final String CHUNKS = ".chunks";
    /**
     * The file in a work folder with the metadata that is about to be renamed into place. Its presence decides a crash
     * for it.
     */
    static final String COMMIT = "commit.json";
    /** The file in a work folder that says that the backup of that name is being removed. */
    static final String REMOVAL = "removal";
    /** The ending of the script with a backup's roles and tablespaces. */
    private static final String GLOBALS = ".globals.sql";

    private static final DateTimeFormatter MARK_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The folders that this or an earlier pgkeep makes; no data of a backup has such a name. */
    private static final Set<String> FOLDERS =
            Set.of("marks", "rows", "runs", "work", "passing", "locks", "packs", "index", "suspect");

    /**
     * A link in the place of one would have us write, and remove, somewhere else: in folders of others, when who may
     * write here is not who we are.
     *
     * @throws PgkeepException REPOSITORY_INVALID
     */
    void requireFolders() {
        for (String name : FOLDERS) {
            if (Files.isSymbolicLink(root.resolve(name))) {
                throw notAFolder(root.resolve(name).toString());
            }
        }
    }

    /** Whether the repository itself needs that name. */
    static boolean isTaken(String name) {
        return FOLDERS.contains(name);
    }

    static PgkeepException notAFolder(String path) {
        return new PgkeepException(
                ErrorCode.REPOSITORY_INVALID,
                path + " is no folder but a link: inside a repository none is followed",
                "make a folder of it; the repository as a whole may be a link, or another disk be mounted there");
    }

    /**
     * Whether something in the repository, named by its path relative to it, goes with a backup: nothing else is ever
     * renamed into place for it, or removed with it.
     */
    static boolean belongs(String backup, Path relative) {
        String last = String.valueOf(relative.getFileName());
        if (relative.isAbsolute() || backup.isEmpty() || backup.startsWith(".") || last.startsWith(".")) {
            return false;
        }
        if (relative.getNameCount() == 1) {
            return (last.equals(backup) || last.startsWith(backup + "."))
                    && !FOLDERS.contains(last)
                    && !last.equals(Header.FILE);
        }
        return relative.getNameCount() == 2
                && switch (relative.getName(0).toString()) {
                    case "rows" -> last.equals(backup + ".json");
                    case "marks" ->
                        markOf(relative)
                                .filter(mark -> mark.backup().equals(backup))
                                .isPresent();
                    default -> false;
                };
    }

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

    /** Documents of rows that cleanups deleted; each has the name of its safety backup, and goes with it. */
    Path rows() {
        return root.resolve("rows");
    }

    Path rows(String name) {
        return rows().resolve(name + ".json");
    }

    Path runs() {
        return root.resolve("runs");
    }

    Path work() {
        return root.resolve("work");
    }

    /** The folder for what is needed during one run only. */
    Path passing() {
        return root.resolve("passing");
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
        String backup =
                count == 4 ? parts[0] : String.join(".", Arrays.asList(parts).subList(0, count - 3));
        Instant at = markTime(parts[count - 3]);
        for (Mark.Type type : Mark.Type.values()) {
            if (at != null && type.word().equals(parts[count - 2])) {
                return Optional.of(new NamedMark(backup, new StoredBackup.MarkName(type, at, file)));
            }
        }
        return Optional.empty();
    }

    /** The time of a mark, read by hand: a repository has thousands of marks, and every listing reads their times. */
    private static @Nullable Instant markTime(String text) {
        if (text.length() != 19 || text.charAt(8) != 'T' || text.charAt(18) != 'Z') {
            return null;
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 4, 6),
                    number(text, 6, 8),
                    number(text, 9, 11),
                    number(text, 11, 13),
                    number(text, 13, 15),
                    number(text, 15, 18) * 1_000_000);
            return time.toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Digits as a number; -1, which is no part of any time, when there is something else among them. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    record NamedMark(String backup, StoredBackup.MarkName mark) {}
}
