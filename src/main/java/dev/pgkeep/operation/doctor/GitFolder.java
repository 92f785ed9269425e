package dev.pgkeep.operation.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The git working tree that a path lies in, asked with the git program. */
record GitFolder(Path root) {
    private static final long PATIENCE_SECONDS = 10;

    /** The nearest folder above (or the path itself) that has a {@code .git}. */
    static Optional<GitFolder> around(Path path) {
        for (Path place = path.toAbsolutePath().normalize(); place != null; place = place.getParent()) {
            if (Files.exists(place.resolve(".git"))) {
                return Optional.of(new GitFolder(place));
            }
        }
        return Optional.empty();
    }

    /** Empty when git is not installed, or does not want to say. */
    Optional<Boolean> ignores(Path folder) {
        // What lies in the folder matters, and a rule with a slash at its end is for folders that exist.
        return ask(
                "check-ignore",
                "--quiet",
                folder.toAbsolutePath().resolve("any.dump").toString());
    }

    /** Whether a file is committed, or about to be; empty as above. */
    Optional<Boolean> tracks(Path file) {
        return ask("ls-files", "--error-unmatch", "--", file.toAbsolutePath().toString());
    }

    private Optional<Boolean> ask(String... arguments) {
        var command = new ArrayList<>(List.of("git", "-c", "safe.directory=*", "-C", root.toString()));
        command.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            // Where pgkeep runs in a hook, these mean the repository of the hook.
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return switch (process.exitValue()) {
                case 0 -> Optional.of(true);
                case 1 -> Optional.of(false);
                default -> Optional.empty();
            };
        } catch (IOException noGit) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
