package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.PrivateMode;
import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The folders under {@code work/}: reserving a name, and taking care of what dead runs left behind. */
final class WorkFolders {
    private static final String UNNAMED = ".new-";
    private static final Duration UNLOCKED_MAY_LIVE = Duration.ofHours(1);
    private static final int ATTEMPTS = 5;

    private final Layout layout;

    WorkFolders(Layout layout) {
        this.layout = layout;
    }

    /** A locked folder for that name; empty when another run, or a stored backup, has the name. */
    Optional<PendingBackup> reserve(String name) {
        layout.create(layout.work());
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Path unnamed = layout.work()
                    .resolve(UNNAMED
                            + Long.toHexString(ThreadLocalRandom.current().nextLong()));
            Optional<FileLockHandle> lock = createLocked(unnamed);
            if (lock.isPresent()) {
                return reserve(name, unnamed, lock.get());
            }
            // Another run cleaned up in the moment before the lock, and took the folder for that of a dead one.
        }
        throw FileErrors.of(new IOException("new folders vanish"), "cannot write in " + layout.work());
    }

    private Optional<PendingBackup> reserve(String name, Path unnamed, FileLockHandle lock) {
        Path named = layout.work().resolve(name);
        try {
            // Created locked under a name of its own and renamed then, so that nobody ever sees it without its lock.
            Files.move(unnamed, named, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            lock.close();
            PrivateFiles.deleteQuietly(layout, unnamed);
            // The folder in the way may be gone again by now.
            boolean taken = e instanceof FileAlreadyExistsException
                    || e instanceof DirectoryNotEmptyException
                    || String.valueOf(e.getMessage()).endsWith("not empty");
            if (taken || Files.exists(named)) {
                return Optional.empty();
            }
            throw FileErrors.of(e, "cannot write in " + layout.work());
        }
        lock.renamed(named.resolve(Layout.LOCK));
        PendingBackup pending = new PendingBackup(layout, name, named, lock);
        if (isStored(name)) {
            pending.close();
            return Optional.empty();
        }
        return Optional.of(pending);
    }

    /**
     * Names that are being written or removed right now, or whose run died: not to be listed. Before a folder has its
     * lock, and after it has lost it, there is nothing to be hidden.
     */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(layout.work())) {
            try (var folders = Files.list(layout.work())) {
                folders.filter(folder -> Files.exists(folder.resolve(Layout.LOCK)))
                        .map(folder -> String.valueOf(folder.getFileName()))
                        .filter(name -> !name.startsWith("."))
                        .forEach(names::add);
            } catch (IOException e) {
                throw FileErrors.of(e, "cannot read " + layout.work());
            }
        }
        return names;
    }

    /** The work folders whose run died. */
    List<String> abandoned() {
        return names().stream()
                .filter(name ->
                        !FileLockHandle.isHeld(layout.work().resolve(name).resolve(Layout.LOCK)))
                .toList();
    }

    /**
     * Metadata of backups that are decided upon but not in their place yet: the next {@link #cleanUp} puts it there.
     */
    List<Path> commits() {
        return names().stream()
                .map(name -> layout.work().resolve(name).resolve(Layout.COMMIT))
                .filter(Files::isRegularFile)
                .toList();
    }

    /**
     * Finishes or removes what dead runs left behind.
     *
     * @return one line for each thing that was done
     */
    List<String> cleanUp(Instant now) {
        List<String> done = new ArrayList<>();
        if (!Files.isDirectory(layout.work())) {
            return done;
        }
        try (var folders = Files.list(layout.work())) {
            for (Path folder : folders.sorted().toList()) {
                cleanUp(folder, now).ifPresent(done::add);
            }
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + layout.work());
        }
        return done;
    }

    private Optional<String> cleanUp(Path folder, Instant now) throws IOException {
        String name = String.valueOf(folder.getFileName());
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (name.startsWith(UNNAMED)) {
            removeUnnamed(folder);
            return Optional.empty();
        }
        if (name.startsWith(".") || !Files.exists(folder.resolve(Layout.LOCK))) {
            removeWhenOld(folder, now);
            return Optional.empty();
        }
        Optional<FileLockHandle> lock = lockIfDead(folder.resolve(Layout.LOCK));
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try (FileLockHandle mine = lock.get()) {
            if (Files.isRegularFile(folder.resolve(Layout.COMMIT), LinkOption.NOFOLLOW_LINKS)) {
                PendingBackup.finishCommit(layout, name, folder);
                return Optional.of("finished " + name + ", whose run was cut short after its check");
            }
            if (Files.isRegularFile(folder.resolve(Layout.REMOVAL), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(finishRemoval(name, folder));
            }
            boolean committed = isStored(name);
            PrivateFiles.deleteTree(layout, folder);
            return committed
                    ? Optional.empty()
                    : Optional.of("removed the unfinished backup " + name + " of an interrupted run");
        }
    }

    /** A list that is not ours stays, and is told of: it must not keep all others from their backups. */
    private String finishRemoval(String name, Path folder) throws IOException {
        try {
            Removal.finish(layout, name, folder);
            return "finished the removal of " + name;
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.REPOSITORY_INVALID) {
                throw e;
            }
            return e.getMessage() + "; " + e.hint();
        }
    }

    /**
     * A folder that never got its name. Its run lives when it holds the lock; before that, nothing is lost when the
     * folder goes: the run makes another one.
     */
    private void removeUnnamed(Path folder) throws IOException {
        try {
            if (!Files.exists(folder.resolve(Layout.LOCK))) {
                // Only while it is empty: the run may lock it, and rename it, at any moment.
                Files.delete(folder);
                return;
            }
            Optional<FileLockHandle> lock = lockIfDead(folder.resolve(Layout.LOCK));
            if (lock.isPresent()) {
                try (FileLockHandle mine = lock.get()) {
                    PrivateFiles.deleteTree(layout, folder);
                }
            }
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // It has its lock, or its name, by now.
        }
    }

    /** A folder without a lock is being made or removed right now, unless it stays so. */
    private void removeWhenOld(Path folder, Instant now) throws IOException {
        try {
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(UNLOCKED_MAY_LIVE))) {
                PrivateFiles.deleteTree(layout, folder);
            }
        } catch (NoSuchFileException e) {
            // Its run has ended, and removed it, since we looked.
        }
    }

    /** The lock, if it is still that of the folder: another run may have removed the folder and made a new one. */
    private static Optional<FileLockHandle> lockIfDead(Path file) throws IOException {
        try {
            Object before = fileKey(file);
            Optional<FileLockHandle> lock = FileLockHandle.tryTake(file, false);
            if (lock.isPresent() && !Objects.equals(before, fileKey(file))) {
                lock.get().close();
                return Optional.empty();
            }
            return lock;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private boolean isStored(String name) {
        return Layout.isTaken(name)
                || Files.exists(layout.metadata(name))
                || !Listing.dataOf(layout, name).isEmpty();
    }

    private static Optional<FileLockHandle> createLocked(Path folder) {
        Path file = folder.resolve(Layout.LOCK);
        try {
            Files.createDirectory(folder);
            PrivateMode.FOLDER.set(folder);
            Optional<FileLockHandle> lock = FileLockHandle.tryTake(file, false);
            if (lock.isPresent() && !Files.exists(file)) {
                // Removed between opening and locking it.
                lock.get().close();
                return Optional.empty();
            }
            return lock;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write in " + folder);
        }
    }
}
