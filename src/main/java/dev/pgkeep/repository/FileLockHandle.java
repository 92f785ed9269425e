package dev.pgkeep.repository;

import dev.pgkeep.base.files.PrivateMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file that the operating system frees when its process ends, however it ends. Shared leases keep a backup
 * from being removed while it is read; exclusive ones own a work folder.
 *
 * <p>On POSIX, closing any channel of a file drops all locks that the process holds on it. So every lock file is opened
 * at most once in this process, and further leases on it share that channel.
 */
public final class FileLockHandle implements AutoCloseable {
    private static final Map<Path, Held> HELD = new HashMap<>();
    /** A link in its place would have us lock, or make, a file somewhere else. */
    private static final Set<OpenOption> LOOKING =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final Set<OpenOption> MAKING = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    /** Holds nothing: for files outside a repository, and for repositories that cannot be written to. */
    public static FileLockHandle none() {
        return new FileLockHandle(null);
    }

    private @Nullable Held held;

    private @Nullable FileLockHandle other;

    private FileLockHandle(@Nullable Held held) {
        this.held = held;
    }

    /** Takes the lock if nobody stands in the way; empty when somebody does. */
    static Optional<FileLockHandle> tryTake(Path file, boolean shared) throws IOException {
        Path key = key(file);
        synchronized (HELD) {
            Held present = HELD.get(key);
            if (present != null) {
                if (!shared || !present.lock.isShared()) {
                    return Optional.empty();
                }
                present.users++;
                return Optional.of(new FileLockHandle(present));
            }
            FileChannel channel = open(file, shared);
            FileLock lock = null;
            try {
                lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            } catch (OverlappingFileLockException e) {
                // Held in this process under another name: its folder has just been renamed.
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            if (lock == null) {
                return Optional.empty();
            }
            Held taken = new Held(key, channel, lock);
            HELD.put(key, taken);
            return Optional.of(new FileLockHandle(taken));
        }
    }

    /** Opens a lock file; where nothing may be written, one that is there already can still be shared. */
    private static FileChannel open(Path file, boolean shared) throws IOException {
        try {
            return FileChannel.open(file, MAKING, PrivateMode.FILE.attributes(file));
        } catch (IOException e) {
            if (shared && Files.isReadable(file) && !Files.isWritable(file)) {
                return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            }
            throw e;
        }
    }

    /** Whether this, or the other handle that ends with it, holds a lock. */
    public boolean protects() {
        FileLockHandle also = other;
        return held != null || also != null && also.protects();
    }

    /** Whether somebody, this process included, holds a lock on that file; true as well when it cannot be told. */
    static boolean isHeld(Path file) {
        synchronized (HELD) {
            if (HELD.containsKey(key(file))) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, LOOKING);
                    FileLock lock = channel.tryLock()) {
                return lock == null;
            } catch (NoSuchFileException e) {
                return false;
            } catch (IOException | OverlappingFileLockException e) {
                return true;
            }
        }
    }

    /** A held lock file keeps its lock when its folder is renamed; from then on it goes by its new name. */
    void renamed(Path file) {
        synchronized (HELD) {
            if (held != null) {
                HELD.remove(held.file);
                held.file = key(file);
                HELD.put(held.file, held);
            }
        }
    }

    /** This handle, and another that ends with it; when the other cannot be had, this one ends. */
    FileLockHandle with(Supplier<FileLockHandle> another) {
        try {
            other = another.get();
            return this;
        } finally {
            if (other == null) {
                close();
            }
        }
    }

    @Override
    public void close() {
        FileLockHandle also = other;
        other = null;
        if (also != null) {
            also.close();
        }
        synchronized (HELD) {
            Held mine = held;
            held = null;
            if (mine == null || --mine.users > 0) {
                return;
            }
            HELD.remove(mine.file);
            try {
                mine.channel.close();
            } catch (IOException e) {
                // The lock goes with the process at the latest.
            }
        }
    }

    private static Path key(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        try {
            Path parent = absolute.getParent();
            return parent == null || !Files.isDirectory(parent)
                    ? absolute
                    : parent.toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            return absolute;
        }
    }

    private static final class Held {
        private Path file;
        private final FileChannel channel;
        private final FileLock lock;
        private int users = 1;

        private Held(Path file, FileChannel channel, FileLock lock) {
            this.file = file;
            this.channel = channel;
            this.lock = lock;
        }
    }
}
