package dev.pgkeep.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk of a few megabytes, to be filled. Only root may mount one: elsewhere the test is skipped and says so.
 *
 * @param folder where it is mounted
 */
public record SmallDisk(Path folder) implements AutoCloseable {
    public static SmallDisk ofMegabytes(int megabytes) throws IOException {
        Path folder = Files.createTempDirectory("small-disk-");
        var mounted = Commands.run(
                List.of("mount", "-t", "tmpfs", "-o", "mode=0777,size=" + megabytes + "m", "tmpfs", folder.toString()));
        if (mounted.status() != 0) {
            Files.delete(folder);
        }
        assumeTrue(mounted.status() == 0, () -> "needs a small disk, and only root may mount one: " + mounted.stderr());
        return new SmallDisk(folder);
    }

    /** Writes a file that leaves this many bytes free, or fewer. */
    public void leaveFree(long bytes) throws IOException {
        long usable = Files.getFileStore(folder).getUsableSpace();
        Files.write(folder.resolve("filler"), new byte[Math.toIntExact(Math.max(0, usable - bytes))]);
    }

    @Override
    public void close() throws IOException {
        if (Commands.run(List.of("umount", folder.toString())).status() != 0) {
            Commands.run(List.of("umount", "--lazy", folder.toString()));
        }
        Files.delete(folder);
    }
}
