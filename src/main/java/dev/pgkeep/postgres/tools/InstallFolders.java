package dev.pgkeep.postgres.tools;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The folders where distributions, package managers and installers put PostgreSQL's programs, those of the server and
 * of the client: those that exist, without asking what is in them.
 */
public final class InstallFolders {
    /** Folders below the root of the file system; a part may be a glob. */
    private static final List<String> UNIX = List.of(
            "usr/lib/postgresql/*/bin",
            "usr/lib/postgresql*/bin",
            "usr/libexec/postgresql*",
            "usr/pgsql-*/bin",
            "usr/local/pgsql*/bin",
            "opt/homebrew/opt/{libpq,postgresql,postgresql@*}/bin",
            "usr/local/opt/{libpq,postgresql,postgresql@*}/bin",
            "home/linuxbrew/.linuxbrew/opt/{libpq,postgresql,postgresql@*}/bin",
            "Applications/Postgres.app/Contents/Versions/*/bin",
            "Library/PostgreSQL/*/bin",
            "usr/local/bin",
            "usr/bin");

    private final Set<Path> found = new LinkedHashSet<>();

    private InstallFolders() {}

    /** Every existing folder worth a look, the most telling first. Relative PATH entries are left out. */
    public static List<Path> list(Map<String, String> environment) {
        return list(environment, Path.of("/"));
    }

    static List<Path> list(Map<String, String> environment, Path root) {
        var places = new InstallFolders();
        places.addPath(value(environment, "PATH"));
        UNIX.forEach(pattern -> places.addBelow(root, pattern));
        for (String programs : List.of("ProgramFiles", "ProgramW6432")) {
            places.addBelow(value(environment, programs), "PostgreSQL/*/bin");
        }
        places.addBelow(value(environment, "ASDF_DATA_DIR"), "installs/postgres/*/bin");
        for (String home : List.of("HOME", "USERPROFILE")) {
            places.addBelow(value(environment, home), ".asdf/installs/postgres/*/bin");
            places.addBelow(value(environment, home), ".local/share/mise/installs/postgres/*/bin");
            places.addBelow(value(environment, home), ".linuxbrew/opt/{libpq,postgresql,postgresql@*}/bin");
        }
        return List.copyOf(places.found);
    }

    private void addPath(String path) {
        for (String entry : path.split(File.pathSeparator)) {
            absolute(entry).forEach(this::add);
        }
    }

    private void addBelow(String folder, String pattern) {
        absolute(folder).forEach(start -> addBelow(start, pattern));
    }

    private void addBelow(Path start, String pattern) {
        List<Path> level = List.of(start);
        for (String part : pattern.split("/")) {
            var next = new ArrayList<Path>();
            level.forEach(folder -> next.addAll(children(folder, part)));
            level = next;
        }
        level.forEach(this::add);
    }

    private void add(Path folder) {
        if (Files.isDirectory(folder)) {
            found.add(folder.normalize());
        }
    }

    private static List<Path> children(Path folder, String part) {
        if (!part.contains("*") && !part.contains("{")) {
            Path child = folder.resolve(part);
            return Files.isDirectory(child) ? List.of(child) : List.of();
        }
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var matching = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(folder, part)) {
            stream.forEach(matching::add);
        } catch (IOException | DirectoryIteratorException | UncheckedIOException unreadable) {
            return List.of();
        }
        return matching;
    }

    private static List<Path> absolute(String text) {
        try {
            return text.isBlank() || !Path.of(text).isAbsolute() ? List.of() : List.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            return List.of();
        }
    }

    /** Windows names its variables in any case. */
    private static String value(Map<String, String> environment, String name) {
        return environment.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
