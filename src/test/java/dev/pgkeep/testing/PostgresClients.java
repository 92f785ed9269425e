package dev.pgkeep.testing;

import static java.util.stream.Collectors.joining;

import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The client programs that tests can use: installed ones, and newer ones that {@code build/postgres-clients} gets. */
public final class PostgresClients {
    private static final Path SCRIPT = Path.of("build", "postgres-clients");
    private static final List<String> MISSING = new ArrayList<>();
    private static final List<Path> FETCHED = fetch();
    private static final ClientTools TOOLS = ClientTools.find(environment(), Optional.empty());

    /**
     * Archives that tests make are their own, whatever is known of the clients at hand; ForeignArchiveIT has no such
     * trust.
     */
    static final String ALLOW_OLD = "PGKEEP_ALLOW_OLD_CLIENT";

    private PostgresClients() {}

    /** Every set of client programs, newest first. */
    public static ClientTools tools() {
        return TOOLS;
    }

    /** The newest set of a major version, if there is one. */
    public static Optional<ClientSet> version(int major) {
        return TOOLS.sets().stream()
                .filter(set -> set.version().major() == major)
                .findFirst();
    }

    /** Whether a server of that version can be dumped here. */
    public static boolean canDump(int serverMajor) {
        return TOOLS.sets().stream().anyMatch(set -> set.version().major() >= serverMajor);
    }

    /** This JVM's environment without any PG variable, its PATH extended so that every set is found. */
    public static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.endsWith("DATABASE_URL"));
        environment.merge(
                "PATH", path(), (own, fetched) -> fetched.isEmpty() ? own : own + File.pathSeparator + fetched);
        environment.put(ALLOW_OLD, "true");
        return environment;
    }

    /** For instance {@code 15 17 18}, or {@code 15 (17: no network; 18: no network)}. */
    static String describe() {
        String found = TOOLS.sets().stream()
                .map(set -> set.version().majorText())
                .distinct()
                .sorted(Comparator.naturalOrder())
                .collect(joining(" "));
        return MISSING.isEmpty() ? found : found + " (not to be had: " + String.join("; ", MISSING) + ")";
    }

    private static String path() {
        return FETCHED.stream().map(Path::toString).collect(joining(File.pathSeparator));
    }

    private static List<Path> fetch() {
        List<Path> folders = new ArrayList<>();
        var result = Commands.run(List.of("sh", SCRIPT.toString()));
        for (String line : result.stdout().lines().toList()) {
            String[] parts = line.split(" ", 3);
            if (parts.length == 3) {
                MISSING.add(parts[0] + ": " + parts[2]);
            } else if (parts.length == 2) {
                folders.add(Path.of(parts[1]));
            }
        }
        return folders;
    }
}
