package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The client programs installed on this machine.
 *
 * @param sets every complete set, newest first
 * @param configured the folder the user named, which is taken before any other when it fits
 * @param looked the folders that were looked into
 * @param broken folders that hold a pg_dump which does not run
 * @param oldAllowed whether a pg_restore with a {@link KnownHole} may read archives that pgkeep did not write
 */
public record ClientTools(
        List<ClientSet> sets, Optional<Path> configured, List<Path> looked, List<Path> broken, boolean oldAllowed) {
    public ClientTools {
        sets = sets.stream()
                .sorted(Comparator.comparing(ClientSet::version).reversed())
                .toList();
        looked = List.copyOf(looked);
        broken = List.copyOf(broken);
    }

    public ClientTools(List<ClientSet> sets, Optional<Path> configured, List<Path> looked, List<Path> broken) {
        this(sets, configured, looked, broken, false);
    }

    /** These tools where somebody insists that old programs read foreign archives, or does not. */
    public ClientTools allowingOld(boolean allowed) {
        return new ClientTools(sets, configured, looked, broken, allowed);
    }

    /** Looks everywhere; asks each pg_dump for its version, all at the same time. Never fails: choosing does. */
    public static ClientTools find(Map<String, String> environment, Optional<Path> configuredFolder) {
        return find(environment, configuredFolder, Path.of("/"));
    }

    static ClientTools find(Map<String, String> environment, Optional<Path> configuredFolder, Path root) {
        List<Path> named = configuredFolder.stream()
                .map(Path::toAbsolutePath)
                .flatMap(folder -> Stream.of(folder, folder.resolve("bin")))
                .toList();
        var looked = Stream.concat(named.stream(), InstallFolders.list(environment, root).stream())
                .toList();
        var installations = withoutDebianWrapper(distinct(looked));
        List<Optional<ClientSet>> answers = askAll(installations);

        var sets = new ArrayList<ClientSet>();
        var broken = new ArrayList<Path>();
        for (int i = 0; i < installations.size(); i++) {
            var installation = installations.get(i);
            var set = answers.get(i);
            if (set.isEmpty()) {
                broken.add(installation.folder());
            } else if (!installation.wrapper() || !hasReal(set.get().version(), installations, answers)) {
                sets.add(set.get());
            }
        }
        var configured = named.stream()
                .flatMap(folder -> Installation.in(folder).stream())
                .map(Installation::folder)
                .findFirst();
        return new ClientTools(sets, configured.or(() -> configuredFolder), looked, broken);
    }

    /**
     * The newest set that can dump a server, the configured folder first.
     *
     * @throws PgkeepException TOOLS_MISSING when nothing is installed, TOOLS_TOO_OLD when nothing fits, both with the
     *     command that installs the right one
     */
    public ClientSet chooseForDump(Version server) {
        refuseEmptyConfigured();
        return Choice.forDump(this, server);
    }

    /**
     * The set that restores an archive into a server best: it can read the archive; where possible it is no older than
     * the pg_dump that made it and no newer than the server, because a newer pg_restore sends settings an older server
     * does not know. An archive that pgkeep did not write is read by a set without {@link KnownHole#CRAFTED_ARCHIVE}.
     *
     * @throws PgkeepException TOOLS_MISSING, or TOOLS_TOO_OLD when none can read it, or when it is foreign and none may
     */
    public ClientSet chooseForRestore(Archive archive, Version server) {
        refuseEmptyConfigured();
        return Choice.forRestore(this, archive, server);
    }

    /**
     * Refuses a named folder without programs: who names one means it, and others are no substitute for a slip of the
     * pen.
     */
    private void refuseEmptyConfigured() {
        configured
                .filter(folder -> sets.stream().noneMatch(set -> set.folder().equals(folder)))
                .ifPresent(folder -> {
                    throw new PgkeepException(
                            ErrorCode.TOOLS_MISSING,
                            "there is no pg_dump that runs in " + folder + ", the configured client-tools",
                            "correct client-tools, or leave it out: pgkeep finds installed ones by itself");
                });
    }

    /** The sets that were found, on one line, for instance {@code 15.18 in /usr/lib/postgresql/15/bin}. */
    public String describe() {
        if (sets.isEmpty()) {
            return broken.isEmpty() ? "none" : "none that runs (tried " + broken + ")";
        }
        return String.join(
                ", ",
                sets.stream().map(set -> set.version() + " in " + set.folder()).toList());
    }

    private static List<Installation> distinct(List<Path> folders) {
        var seen = new LinkedHashMap<Path, Installation>();
        folders.forEach(folder -> Installation.in(folder).ifPresent(found -> seen.putIfAbsent(found.pgDump(), found)));
        return List.copyOf(seen.values());
    }

    /** Debian's wrapper only picks one of the real programs, by rules of its own. */
    private static List<Installation> withoutDebianWrapper(List<Installation> found) {
        boolean real = found.stream().anyMatch(installation -> !installation.wrapper());
        return found.stream()
                .filter(installation -> !real || !installation.isDebianWrapper())
                .toList();
    }

    /** Whether a script that says it is this version only starts a program that was found as well. */
    private static boolean hasReal(
            Version version, List<Installation> installations, List<Optional<ClientSet>> answers) {
        return IntStream.range(0, installations.size())
                .filter(i -> !installations.get(i).wrapper())
                .anyMatch(i -> answers.get(i).map(ClientSet::version).equals(Optional.of(version)));
    }

    private static List<Optional<ClientSet>> askAll(List<Installation> installations) {
        List<Future<Optional<ClientSet>>> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = installations.stream()
                    .map(installation -> threads.submit(installation::ask))
                    .toList();
        }
        return answers.stream().map(Future::resultNow).toList();
    }
}
