package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A folder with a pg_dump in it.
 *
 * @param folder where the programs are, links followed when the others are there too
 * @param pgDump the real file of its pg_dump
 * @param wrapper whether that is a script which picks another program (Debian's pg_wrapper, a shim of asdf)
 */
record Installation(Path folder, Path pgDump, boolean wrapper) {
    private static final List<Tool> NEEDED = List.of(Tool.PG_DUMP, Tool.PG_RESTORE);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The installation in a folder, or nothing when a program that pgkeep cannot do without is missing there. */
    static Optional<Installation> in(Path folder) {
        if (!complete(folder)) {
            return Optional.empty();
        }
        try {
            Path real = folder.resolve(Tool.PG_DUMP.file()).toRealPath();
            Path home = real.getParent();
            boolean wrapper = isScript(real);
            boolean follow = home != null && complete(home);
            return Optional.of(new Installation(follow && home != null ? home : folder, real, wrapper));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Debian's wrapper picks a version by the cluster it is pointed at, so what it says of itself means nothing. */
    boolean isDebianWrapper() {
        return pgDump.endsWith("pg_wrapper");
    }

    /** Asks pg_dump; empty when it does not run or answers something else. */
    Optional<ClientSet> ask() {
        var answer = new ByteArrayOutputStream();
        var command = List.of(folder.resolve(Tool.PG_DUMP.file()).toString(), "--version");
        try {
            var result = new ClientProcess(command)
                    .within(PATIENCE)
                    .stdoutTo(stdout -> stdout.transferTo(answer))
                    .run(new Cancellation());
            return result.ok()
                    ? Version.parse(answer.toString(StandardCharsets.UTF_8))
                            .map(version -> new ClientSet(version, folder))
                    : Optional.empty();
        } catch (PgkeepException cannotRun) {
            return Optional.empty();
        }
    }

    private static boolean complete(Path folder) {
        return NEEDED.stream().allMatch(tool -> {
            Path file = folder.resolve(tool.file());
            return Files.isRegularFile(file) && Files.isExecutable(file);
        });
    }

    private static boolean isScript(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            return start.length == 2 && start[0] == '#' && start[1] == '!';
        }
    }
}
