package dev.pgkeep.temporary;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A private folder (mode 700) of a living process. A lock on a file in it, which the system drops when the process
 * dies, tells it from what a killed one left behind.
 *
 * <p>The lock has a file of its own, which nobody else opens: by the rules of POSIX a process loses its locks on a file
 * as soon as it closes that file anywhere.
 */
public final class OwnedFolder {
    private static final String OWNER = ".owner";
    private static final String BEFORE = ".owner.new";
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** Folders of this very process: looking at their locks would drop them. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path parent;
    private final String prefix;
    private final Path path;
    private final FileChannel owner;

    private OwnedFolder(Path parent, String prefix, Path path, FileChannel owner) {
        this.parent = parent;
        this.prefix = prefix;
        this.path = path;
        this.owner = owner;
    }

    /** Makes one of its kind, which its name begins with. The parent is made, too. */
    public static OwnedFolder make(Path where, String prefix) throws IOException {
        Path parent = Files.createDirectories(where).toRealPath();
        Path path = Files.createTempDirectory(parent, prefix);
        OURS.add(path);
        try {
            return new OwnedFolder(parent, prefix, path, lock(path));
        } catch (IOException e) {
            // Without a mark nobody would ever know that it may go.
            FileTree.remove(path);
            OURS.remove(path);
            throw e;
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel owner =
                FileChannel.open(path.resolve(BEFORE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            owner.lock();
            // Only now it has the name that others look for: never is one seen that is not locked yet.
            Files.move(path.resolve(BEFORE), path.resolve(OWNER), StandardCopyOption.ATOMIC_MOVE);
            return owner;
        } catch (IOException e) {
            owner.close();
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    /** Folders of the same kind beside it whose processes are dead. Those of other users are left alone. */
    public List<Path> abandoned() throws IOException {
        List<Path> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : folders) {
                if (!OURS.contains(folder) && isAbandoned(folder)) {
                    abandoned.add(folder);
                }
            }
        }
        return abandoned;
    }

    /** Removes them, where nothing else is to be done about them; what cannot be removed stays for another time. */
    public void removeAbandoned() {
        try {
            for (Path folder : abandoned()) {
                removeTree(folder);
            }
        } catch (IOException e) {
            // Another time.
        }
    }

    /** Removes it with all that is in it; a killed removal leaves what is known to be abandoned. */
    public void remove() throws IOException {
        try {
            removeTree(path);
        } finally {
            release();
        }
    }

    /** Gives up the lock of a folder that somebody else removes. */
    public void release() {
        try {
            owner.close();
        } catch (IOException e) {
            // The lock goes with the channel, however closing ends.
        }
        OURS.remove(path);
    }

    /** The mark that makes it one goes last. */
    private static void removeTree(Path folder) throws IOException {
        FileTree.removeInside(folder, each -> !each.equals(folder.resolve(OWNER)));
        FileTree.remove(folder);
    }

    /** Also one that was killed while it was made, once nobody can be about to lock it any more. */
    private boolean isAbandoned(Path folder) {
        return isFree(folder.resolve(OWNER)) || isOld(folder) && isFree(folder.resolve(BEFORE));
    }

    private boolean isOld(Path folder) {
        try {
            return Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isBefore(Files.getLastModifiedTime(path).toInstant().minus(GRACE));
        } catch (IOException e) {
            // Gone meanwhile.
            return false;
        }
    }

    private static boolean isFree(Path lockFile) {
        try (FileChannel file = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            // Not there, another user's, or somebody else is looking at it.
            return false;
        }
    }
}
