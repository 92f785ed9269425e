package dev.pgkeep.base.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private static final Path OWNER = Path.of(".owner");
    private static final Path BEFORE = Path.of(".owner.new");
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** Folders of this very process: looking at their locks would drop them. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path parent;
    private final String prefix;
    private final Path path;
    private final FileChannel owner;
    private final UserPrincipal user;

    private OwnedFolder(Path parent, String prefix, Path path, FileChannel owner) throws IOException {
        this.parent = parent;
        this.prefix = prefix;
        this.path = path;
        this.owner = owner;
        this.user = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
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

    /**
     * Folders of the same kind beside it whose processes are dead. Those of other users are left alone: what they are,
     * and where they lead, is for those to say.
     */
    public List<Path> abandoned() throws IOException {
        List<Path> abandoned = new ArrayList<>();
        each((beside, name, folder) -> abandoned.add(parent.resolve(name)));
        return abandoned;
    }

    /**
     * Removes abandoned folders, where nothing else is to be done about them; what cannot be removed stays for another
     * time.
     */
    public void removeAbandoned() {
        try {
            each((beside, name, folder) -> {
                // The folder that was looked at, which may have lost its name since.
                folder.clear(OWNER);
                beside.removeEmpty(name);
            });
        } catch (IOException e) {
            // Another time.
        }
    }

    private void each(Found found) throws IOException {
        try (OpenFolder beside = OpenFolder.of(parent)) {
            for (Path name : beside.names()) {
                if (name.toString().startsWith(prefix)
                        && !OURS.contains(parent.resolve(name))
                        && beside.isFolder(name)) {
                    look(beside, name, found);
                }
            }
        }
    }

    private void look(OpenFolder beside, Path name, Found found) throws IOException {
        try (OpenFolder folder = beside.folder(name)) {
            if (isOfThisUser(folder) && isAbandoned(folder)) {
                found.folder(beside, name, folder);
            }
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
            // Gone, or another one's, meanwhile.
        }
    }

    /**
     * Whether a folder is of whoever made ours, or has it now: that of a temporary server is handed to the server's
     * user.
     */
    private boolean isOfThisUser(OpenFolder folder) throws IOException {
        UserPrincipal theirs = folder.owner();
        return theirs.equals(user) || theirs.equals(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** Removes the folder with all that is in it; a killed removal leaves what is known to be abandoned. */
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
        Path parent = Objects.requireNonNull(folder.getParent());
        Path name = Objects.requireNonNull(folder.getFileName());
        try (OpenFolder beside = OpenFolder.of(parent);
                OpenFolder opened = beside.folder(name)) {
            opened.clear(OWNER);
            beside.removeEmpty(name);
        } catch (NoSuchFileException e) {
            // Somebody else removes it at the same time.
        }
    }

    /** Also one that was killed while it was made, once nobody can be about to lock it any more. */
    private boolean isAbandoned(OpenFolder folder) throws IOException {
        return isFree(folder, OWNER) || isOld(folder) && isFree(folder, BEFORE);
    }

    private boolean isOld(OpenFolder folder) throws IOException {
        return folder.attributes()
                .lastModifiedTime()
                .toInstant()
                .isBefore(Files.getLastModifiedTime(path).toInstant().minus(GRACE));
    }

    private static boolean isFree(OpenFolder folder, Path lockFile) {
        try (FileChannel file = folder.lockable(lockFile);
                FileLock lock = file.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            // Not there, no file, or somebody else is looking at it.
            return false;
        }
    }

    /** The action on each folder that is found. */
    private interface Found {
        void folder(OpenFolder beside, Path name, OpenFolder folder) throws IOException;
    }
}
