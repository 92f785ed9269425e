package dev.pgkeep.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class GlobalOptions {
    @Option(names = "--url", paramLabel = "URL", description = "The database: postgresql://user@host:port/name")
    @Nullable
    String url;

    @Option(names = "--profile", paramLabel = "NAME", description = "A profile of pgkeep.toml")
    @Nullable
    String profile;

    @Option(names = "--repo", paramLabel = "FOLDER", description = "Where backups live (default: backups)")
    @Nullable
    String repository;

    @Option(
            names = {"-y", "--yes", "--force"},
            description = "Answer every question with yes; the safety backup is made all the same")
    boolean yes;

    @Option(names = "--json", description = "Print the result as one JSON document")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print warnings and errors only")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print what goes on inside; errors with their causes")
    boolean verbose;

    @Option(names = "--log-file", paramLabel = "FILE", description = "Write messages there too")
    @Nullable
    Path logFile;

    @Option(names = "--no-color", description = "No colours; NO_COLOR in the environment does the same")
    boolean noColour;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help")
    boolean help;

    @Option(names = "--use-direct-url", negatable = true, description = "Prefer DIRECT_URL to DATABASE_URL (default)")
    @Nullable
    Boolean useDirectUrl;

    /** What is said here, under the names of the configuration's keys. */
    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        put(flags, "url", url);
        put(flags, "profile", profile);
        put(flags, "repository", repository);
        put(flags, "use-direct-url", useDirectUrl == null ? null : useDirectUrl.toString());
        return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
