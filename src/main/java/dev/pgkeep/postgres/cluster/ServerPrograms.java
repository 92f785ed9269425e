package dev.pgkeep.postgres.cluster;

import static java.util.Objects.requireNonNull;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.HostSystem;
import dev.pgkeep.postgres.tools.InstallFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An installed set of server programs ({@code initdb}, {@code postgres}, {@code pg_ctl}).
 *
 * @param folder the folder that holds the programs
 * @param major the major version, for instance 17
 * @param minor the minor version; 0 for a version that is not released yet
 */
public record ServerPrograms(Path folder, int major, int minor) {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)(?:\\.(\\d+))?");
    private static final Comparator<ServerPrograms> NEWEST_FIRST = Comparator.comparingInt(ServerPrograms::major)
            .thenComparingInt(ServerPrograms::minor)
            .reversed();

    /**
     * The newest server programs on this machine.
     *
     * @param environment where PATH (and, on Windows, ProgramFiles) is looked up
     * @param extraFolders folders to look into first; each is a {@code bin} folder
     * @throws PgkeepException with {@link ErrorCode#TOOLS_MISSING} when there are none
     */
    public static ServerPrograms find(Map<String, String> environment, List<Path> extraFolders) {
        return all(environment, extraFolders).stream()
                .findFirst()
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.TOOLS_MISSING,
                        "no PostgreSQL server programs (initdb, postgres, pg_ctl) are installed here",
                        "install a server, for instance: apt install postgresql, brew install postgresql"));
    }

    /** Every set of server programs on this machine, newest first; of equal versions, the one found first. */
    public static List<ServerPrograms> all(Map<String, String> environment, List<Path> extraFolders) {
        return Stream.concat(extraFolders.stream(), InstallFolders.list(environment).stream())
                .flatMap(folder -> in(behindLinks(folder)).stream())
                .distinct()
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** The server programs in this very folder, if it holds a working set. */
    public static Optional<ServerPrograms> in(Path folder) {
        for (String name : List.of("initdb", "postgres", "pg_ctl")) {
            if (!Files.isExecutable(program(folder, name))) {
                return Optional.empty();
            }
        }
        String postgres = program(folder, "postgres").toString();
        var result = Command.of(postgres, "--version").run();
        var version = VERSION.matcher(result.output());
        if (result.status() != 0 || !version.find()) {
            return Optional.empty();
        }
        int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
        return Optional.of(new ServerPrograms(folder, Integer.parseInt(version.group(1)), minor));
    }

    /** Links to single programs are followed: the server looks for its libraries beside the real ones. */
    private static Path behindLinks(Path folder) {
        try {
            return requireNonNull(program(folder, "postgres").toRealPath().getParent());
        } catch (IOException missing) {
            return folder;
        }
    }

    private static Path program(Path folder, String name) {
        return folder.resolve(HostSystem.isWindows() ? name + ".exe" : name);
    }

    /** Version as people write it, for instance {@code 17.6}. */
    public String version() {
        return major + "." + minor;
    }

    String initdb() {
        return program(folder, "initdb").toString();
    }

    String pgCtl() {
        return program(folder, "pg_ctl").toString();
    }
}
