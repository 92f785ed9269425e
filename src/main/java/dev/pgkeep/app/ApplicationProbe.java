package dev.pgkeep.app;

import dev.pgkeep.format.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which version and commit of the application lies in the working folder; read from files, without running
 * anything.
 */
final class ApplicationProbe {
    private static final Pattern JSON_VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern TOML_VERSION = Pattern.compile("(?m)^version\\s*=\\s*\"([^\"]+)\"");

    private final Path folder;

    ApplicationProbe(Path folder) {
        this.folder = folder;
    }

    Optional<Manifest.Application> look() {
        String version = first("package.json", JSON_VERSION);
        if (version == null) {
            version = first("pyproject.toml", TOML_VERSION);
        }
        String commit = commit();
        return version == null && commit == null
                ? Optional.empty()
                : Optional.of(new Manifest.Application(version, commit));
    }

    private @Nullable String first(String file, Pattern pattern) {
        Matcher matcher = pattern.matcher(read(folder.resolve(file)));
        return matcher.find() ? matcher.group(1) : null;
    }

    /** The commit that HEAD points at, straight or by way of a branch. */
    private @Nullable String commit() {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                String head = read(git.resolve("HEAD")).strip();
                String commit = head.startsWith("ref: ") ? ref(git, head.substring(5)) : head;
                return commit.matches("[0-9a-f]{40,64}") ? commit : null;
            }
        }
        return null;
    }

    private static String ref(Path git, String name) {
        String loose = read(git.resolve(name)).strip();
        if (!loose.isEmpty()) {
            return loose;
        }
        return read(git.resolve("packed-refs"))
                .lines()
                .filter(line -> line.endsWith(" " + name))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElse("");
    }

    private static String read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) < 1 << 20 ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
