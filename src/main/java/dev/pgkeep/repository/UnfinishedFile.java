package dev.pgkeep.repository;

import dev.pgkeep.base.files.DurableFolder;
import dev.pgkeep.base.files.PrivateMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A private file (mode 600) that is written under a name of its own before it is renamed into place. A run that is
 * killed in between leaves one behind; nobody reads it, and the next run removes it.
 *
 * <p>From before anything is written until it has its name it is locked, so that one of a living run stays, and nothing
 * has to wait until a file is old. Whoever removes dead ones removes under their lock; so a file that is there once it
 * is locked stays.
 */
final class UnfinishedFile implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("\\..+\\.json\\.[0-9a-f]{1,16}\\.tmp");
    /** The number of times that somebody who cleans up may come in the moment between making a file and locking it. */
    private static final int ATTEMPTS = 1000;

    /** The unfinished files of this process: to open one of them and close it again would end its lock (POSIX). */
    private static final Set<Path> LIVING = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path path;
    private final FileChannel channel;

    private UnfinishedFile(Path file, Path path, FileChannel channel) {
        this.file = file;
        this.path = path;
        this.channel = channel;
    }

    /** Makes one beside the file that it is to become. */
    static UnfinishedFile of(Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path path = beside(file);
            LIVING.add(path);
            try {
                return new UnfinishedFile(file, path, opened(path));
            } catch (FileAlreadyExistsException | RemovedException e) {
                LIVING.remove(path);
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (IOException | RuntimeException e) {
                LIVING.remove(path);
                throw e;
            }
        }
    }

    private static FileChannel opened(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            PrivateMode.FILE.set(path);
            if (!isLocked(channel) || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new RemovedException(path);
            }
            return channel;
        } catch (NoSuchFileException e) {
            channel.close();
            throw new RemovedException(path);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** False when somebody looks at it, who is about to remove it; where there are no locks nothing is removed. */
    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The path where the file can be read before it has its name. */
    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    /** Gives the file its name, durably; its content must have been forced to the disk. */
    void commit() throws IOException {
        Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.syncFolder(DurableFolder.of(file));
    }

    /** Removes what was not committed. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Its content was forced to the disk before, or does not matter.
        }
        PrivateFiles.deleteTemporary(path);
        LIVING.remove(path);
    }

    /** A new name, hidden, so that no listing takes it for anything. */
    private static Path beside(Path file) {
        String name = "." + file.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".tmp";
        return DurableFolder.of(file).resolve(name).normalize();
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Removes one that a dead run left, and no other. */
    static void removeDead(Layout layout, Path file) {
        if (LIVING.contains(file.toAbsolutePath().normalize())
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                PrivateFiles.deleteQuietly(layout, file);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // Of a living run, or gone, or there are no locks here.
        }
    }

    /** The error when a file was taken for that of a dead run before it had its lock. */
    private static final class RemovedException extends IOException {
        private static final long serialVersionUID = 1L;

        RemovedException(Path path) {
            super(path + " was removed by somebody who cleans up");
        }
    }
}
