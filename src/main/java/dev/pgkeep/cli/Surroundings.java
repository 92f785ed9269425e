package dev.pgkeep.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a run finds around it; everything ambient comes in here.
 *
 * @param environment variables of the process
 * @param workingDirectory absolute
 * @param home the user's home folder
 * @param interactive whether stdin and stdout are a terminal
 * @param clock the time
 * @param program how this pgkeep is started: the absolute path of its launcher, or {@code pgkeep}
 */
public record Surroundings(
        Map<String, String> environment,
        Path workingDirectory,
        Path home,
        PrintStream out,
        PrintStream err,
        InputStream in,
        boolean interactive,
        Clock clock,
        String program) {

    /** Where temporary files go: {@code TMPDIR} where that is a folder, else what the system has for it. */
    Path temporaryFolder() {
        return Optional.ofNullable(environment.get("TMPDIR"))
                .filter(text -> !text.isBlank())
                .map(workingDirectory::resolve)
                .filter(Files::isDirectory)
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    }
}
