package dev.pgkeep.postgres.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one folder that holds everything of a cluster: {@code data}, {@code log}, the sockets and the lock file of its
 * owner. The lock tells other processes that the owner is alive: the system drops it when the owner dies.
 */
final class ClusterFolder {
    static final String PREFIX = "pgkeep-cluster-";
    private static final String OWNER = "owner";
    private static final int LONGEST_SOCKET_FOLDER = 85;

    /** Folders of this very process: asking for their locks would drop them, as POSIX locks go. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel ownerFile;

    private ClusterFolder(Path root, FileChannel ownerFile) {
        this.root = root;
        this.ownerFile = ownerFile;
    }

    /** Makes the folder, open to this user (later the server's user) only. */
    static ClusterFolder create(Path parent) throws IOException {
        Path root = Files.createTempDirectory(Files.createDirectories(parent), PREFIX)
                .toRealPath();
        OURS.add(root);
        var ownerFile = FileChannel.open(root.resolve(OWNER), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ownerFile.lock();
        return new ClusterFolder(root, ownerFile);
    }

    /** Whether a process still holds the folder. */
    static boolean isOwned(Path root) throws IOException {
        if (OURS.contains(root.toRealPath())) {
            return true;
        }
        try (var file = FileChannel.open(root.resolve(OWNER), StandardOpenOption.WRITE);
                @SuppressWarnings("unused")
                        FileLock lock = file.tryLock()) {
            return lock == null;
        }
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("log");
    }

    /** Where the server puts its socket; empty where sockets are not to be had or the path would be too long. */
    Optional<Path> sockets() {
        boolean fits = File.separatorChar == '/' && root.toString().length() <= LONGEST_SOCKET_FOLDER;
        return fits ? Optional.of(root) : Optional.empty();
    }

    /** Gives up the lock, once the folder is gone. */
    void release() {
        try {
            ownerFile.close();
        } catch (IOException alreadyGone) {
            // the lock dies with the channel, however closing ends
        }
        OURS.remove(root);
    }
}
