package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Compression;
import java.time.Duration;
import java.util.Locale;

/**
 * Finds out what a pg_dump was built with. pg_dump looks at its compression option after {@code --version} has been
 * answered and before it connects; so it is pointed at a socket folder that does not exist, and what it complains about
 * tells: the compression, or the connection.
 */
final class CompressionProbe {
    private static final String NOWHERE = "/nowhere/pgkeep";

    private CompressionProbe() {}

    static boolean works(ClientSet set, Compression.Method method) {
        if (set.version().major() < 16 && method != Compression.Method.GZIP) {
            return false;
        }
        var command = set.command(
                Tool.PG_DUMP,
                "--format=custom",
                "--host=" + NOWHERE,
                "--dbname=nothing",
                set.compressOption(new Compression(method, 1)));
        try {
            var result =
                    new ClientProcess(command).within(Duration.ofSeconds(10)).run(new Cancellation());
            return result.stderrTail().stream()
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("compress"));
        } catch (PgkeepException cannotRun) {
            return false;
        }
    }
}
