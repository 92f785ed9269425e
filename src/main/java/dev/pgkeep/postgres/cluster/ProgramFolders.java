package dev.pgkeep.postgres.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where distributions, package managers and installers put the programs of a PostgreSQL server. */
final class ProgramFolders {
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private static final List<Place> UNIX = List.of(
            new Place("/usr/lib/postgresql", "*"),
            new Place("/usr/lib", "postgresql*"),
            new Place("/usr", "pgsql-*"),
            new Place("/usr/local", "pgsql*"),
            new Place("/opt/homebrew/opt", "postgresql@*"),
            new Place("/usr/local/opt", "postgresql@*"),
            new Place("/home/linuxbrew/.linuxbrew/opt", "postgresql@*"),
            new Place("/Applications/Postgres.app/Contents/Versions", "*"),
            new Place("/Library/PostgreSQL", "*"));

    /** Folders like {@code parent/glob/bin}. */
    private record Place(String parent, String glob) {}

    private ProgramFolders() {}

    /** Existing folders that may hold server programs, each once, in the order to look at them. */
    static List<Path> candidates(Map<String, String> environment, List<Path> extraFolders) {
        Set<Path> found = new LinkedHashSet<>();
        extraFolders.forEach(folder -> addReal(found, folder));
        for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!entry.isBlank()) {
                addNamed(found, entry);
            }
        }
        places(environment).forEach(place -> expand(place).forEach(folder -> addReal(found, folder)));
        return List.copyOf(found);
    }

    static Path program(Path folder, String name) {
        return folder.resolve(WINDOWS ? name + ".exe" : name);
    }

    private static List<Place> places(Map<String, String> environment) {
        if (!WINDOWS) {
            return UNIX;
        }
        String programs = environment.getOrDefault("ProgramFiles", "C:\\Program Files");
        return List.of(new Place(programs + "\\PostgreSQL", "*"));
    }

    private static List<Path> expand(Place place) {
        List<Path> folders = new ArrayList<>();
        Path parent = Path.of(place.parent());
        if (Files.isDirectory(parent)) {
            try (var entries = Files.newDirectoryStream(parent, place.glob())) {
                entries.forEach(entry -> folders.add(entry.resolve("bin")));
            } catch (IOException unreadable) {
                return List.of();
            }
        }
        return folders;
    }

    private static void addNamed(Set<Path> found, String entry) {
        try {
            addReal(found, Path.of(entry));
        } catch (InvalidPathException nonsense) {
            // PATH may hold anything; what is no path holds no programs
        }
    }

    private static void addReal(Set<Path> found, Path folder) {
        try {
            found.add(folder.toRealPath());
        } catch (IOException missing) {
            // a folder that is not there holds no programs
        }
    }
}
