package dev.pgkeep.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder seen through a mount that nobody may write to, not even root. Only root may mount one: elsewhere the test is
 * skipped and says so.
 *
 * @param folder where it is mounted
 */
public record ReadOnlyView(Path folder) implements AutoCloseable {
    public static ReadOnlyView of(Path seen) throws IOException {
        Path folder = Files.createTempDirectory("read-only-");
        var mounted = Commands.run(List.of("mount", "--bind", seen.toString(), folder.toString()));
        if (mounted.status() != 0) {
            Files.delete(folder);
        }
        assumeTrue(mounted.status() == 0, () -> "needs a read-only mount, for root only: " + mounted.stderr());
        Commands.run(List.of("mount", "-o", "remount,bind,ro", folder.toString()));
        return new ReadOnlyView(folder);
    }

    @Override
    public void close() throws IOException {
        if (Commands.run(List.of("umount", folder.toString())).status() != 0) {
            Commands.run(List.of("umount", "--lazy", folder.toString()));
        }
        Files.delete(folder);
    }
}
