package dev.pgkeep.postgres.cluster;

import dev.pgkeep.base.files.HostSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A short-lived child process in a clean environment: variables of the caller such as PGDATA or PGPORT must not reach
 * the programs of a cluster.
 */
record Command(List<String> words, @Nullable Path workingFolder) {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

    /**
     * The words of a line that names a cause: what the server says about a wrong setting comes before its last words.
     */
    private static final Pattern CAUSE =
            Pattern.compile("unrecognized configuration|invalid value|could not|FATAL:|error:");

    private static final Pattern LOG_PREFIX = Pattern.compile("^.*?(?:FATAL|LOG|PANIC|error): +");

    /** The output of a command (both streams together) and how it ended; status 127 when it could not be started. */
    record Result(int status, String output) {
        /** The line most worth showing: the first that names a cause, else the last. */
        String summary() {
            List<String> lines = output.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            Optional<String> cause = lines.stream()
                    .filter(line -> CAUSE.matcher(line).find())
                    .findFirst()
                    .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()));
            return cause.map(line -> LOG_PREFIX.matcher(line).replaceFirst(""))
                    .orElse("no output, exit status " + status);
        }
    }

    static Command of(String... words) {
        return new Command(List.of(words), null);
    }

    Result run() {
        try {
            Process process = prepare().redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException notStarted) {
            return new Result(127, String.valueOf(notStarted.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while running " + words.getFirst()));
        }
    }

    ProcessBuilder prepare() {
        var builder = new ProcessBuilder(words);
        if (workingFolder != null) {
            builder.directory(workingFolder.toFile());
        }
        if (!HostSystem.isWindows()) {
            builder.environment().clear();
            builder.environment().putAll(ENVIRONMENT);
        }
        return builder;
    }
}
