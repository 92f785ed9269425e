package dev.pgkeep.cli;

import dev.pgkeep.app.trust.Account;
import dev.pgkeep.app.trust.TrustList;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The surroundings of a run; everything ambient comes in here.
 *
 * @param environment variables of the process
 * @param workingDirectory absolute
 * @param home the user's home folder
 * @param interactive whether stdin and stdout are a terminal
 * @param clock the time
 * @param program how this pgkeep is started: the absolute path of its launcher, or {@code pgkeep}
 */
public record ProcessContext(
        Map<String, String> environment,
        Path workingDirectory,
        Path home,
        PrintStream out,
        PrintStream err,
        InputStream in,
        boolean interactive,
        Clock clock,
        String program) {

    /** The user as whom this process runs. */
    Account account() {
        return Account.of(uid(), environment);
    }

    /** The list of what the user allowed pgkeep to read and run; outside of every project. */
    TrustList trustList() {
        Path settings = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(text -> !text.isBlank() && Path.of(text).isAbsolute())
                .map(Path::of)
                .orElse(home.resolve(".config"));
        return new TrustList(settings.resolve("pgkeep").resolve("trusted"), account());
    }

    /** Linux shows each process as a folder of its user; elsewhere a new file tells. */
    private OptionalInt uid() {
        try {
            if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
                return OptionalInt.empty();
            }
            Path self = Path.of("/proc/self");
            if (Files.exists(self)) {
                return OptionalInt.of((Integer) Files.getAttribute(self, "unix:uid"));
            }
            Path file = Files.createTempFile(temporaryFolder(), "pgkeep-", "");
            try {
                return OptionalInt.of((Integer) Files.getAttribute(file, "unix:uid"));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /** The folder for temporary files: {@code TMPDIR} where that is a folder, else what the system has for it. */
    Path temporaryFolder() {
        return Optional.ofNullable(environment.get("TMPDIR"))
                .filter(text -> !text.isBlank())
                .map(workingDirectory::resolve)
                .filter(Files::isDirectory)
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    }
}
