package dev.pgkeep.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class GlobalOptions {
    /** The place of global options in the help: after the options of the command itself. */
    private static final int LAST = 1000;

    @Option(
            order = LAST + 1,
            names = "--url",
            paramLabel = "URL",
            description = "The database: postgresql://user@host:port/name")
    @Nullable
    String url;

    @Option(order = LAST + 2, names = "--profile", paramLabel = "NAME", description = "A profile of pgkeep.toml")
    @Nullable
    String profile;

    @Option(
            order = LAST + 3,
            names = "--repo",
            paramLabel = "FOLDER",
            description = "Where backups live (default: backups)")
    @Nullable
    String repository;

    @Option(
            order = LAST + 4,
            names = {"-y", "--yes", "--force"},
            description = "Answer every question with yes; the safety backup is made all the same")
    boolean yes;

    @Option(order = LAST + 5, names = "--json", description = "Print the result as one JSON document")
    boolean json;

    @Option(
            order = LAST + 6,
            names = {"-q", "--quiet"},
            description = "Print warnings and errors only")
    boolean quiet;

    @Option(
            order = LAST + 7,
            names = {"-v", "--verbose"},
            description = "Print what goes on inside; errors with their causes")
    boolean verbose;

    @Option(order = LAST + 8, names = "--log-file", paramLabel = "FILE", description = "Write messages there too")
    @Nullable
    Path logFile;

    @Option(
            order = LAST + 9,
            names = "--no-color",
            description = "No colours; NO_COLOR in the environment does the same")
    boolean noColour;

    @Option(
            order = LAST + 10,
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help")
    boolean help;

    @Option(
            order = LAST + 11,
            names = "--use-direct-url",
            negatable = true,
            description = "Prefer DIRECT_URL to DATABASE_URL (default)")
    void useDirectUrl(Boolean wanted) {
        useDirectUrl = wanted;
    }

    /** Null: not given. Set by a method, since picocli's annotation processor knows no annotated Boolean as one. */
    @Nullable
    Boolean useDirectUrl;

    @Option(
            order = LAST + 12,
            names = "--allow-old-client",
            description = "Read archives of others with a pg_restore that they can attack")
    boolean allowOldClient;

    @Option(
            order = LAST + 13,
            names = "--timings",
            description = "Print on stderr where the time went, to be sent along with a question: pgkeep backup"
                    + " --timings")
    boolean timings;

    /** The options that were given, under the names of the configuration's keys. */
    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        put(flags, "url", url);
        put(flags, "profile", profile);
        put(flags, "repository", repository);
        put(flags, "allow-old-client", allowOldClient ? "true" : null);
        put(flags, "use-direct-url", useDirectUrl == null ? null : useDirectUrl.toString());
        return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
