package dev.pgkeep.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The working folder of a demo. A lock in it, which goes with its process, tells it from what a killed demo left
 * behind.
 */
final class DemoFolder implements AutoCloseable {
    static final String PREFIX = "pgkeep-demo-";
    private static final String OWNER = ".owner";

    private final Path path;
    private final FileChannel owner;

    private DemoFolder(Path path, FileChannel owner) {
        this.path = path;
        this.owner = owner;
    }

    /** Makes it, and takes away what killed demos left beside it. */
    static DemoFolder make(Path temporary) throws IOException {
        removeDead(temporary);
        Path path = Files.createTempDirectory(temporary, PREFIX);
        FileChannel owner =
                FileChannel.open(path.resolve(OWNER), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        owner.lock();
        // Only what has a configuration is finished, and ours to take away. It also ends the search further up.
        Files.writeString(path.resolve("pgkeep.toml"), "# of the demo\n");
        return new DemoFolder(path, owner);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        owner.close();
        remove(path);
    }

    private static void removeDead(Path temporary) throws IOException {
        try (var folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isDead(folder)) {
                    remove(folder);
                }
            }
        } catch (IOException e) {
            // Another user's, or being removed by another demo: it stays for another time.
        }
    }

    private static boolean isDead(Path folder) {
        if (!Files.isRegularFile(folder.resolve("pgkeep.toml"))) {
            return false;
        }
        try (var file = FileChannel.open(folder.resolve(OWNER), StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            return lock != null;
        } catch (IOException anotherUsersOrGone) {
            return false;
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
    }
}
