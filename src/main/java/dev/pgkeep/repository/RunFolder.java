package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.DurableFolder;
import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A private folder for what is needed during one run only, for instance a backup fetched from another machine. It goes
 * when it is closed; what a killed run left behind, with the next one that is made.
 */
public final class RunFolder implements AutoCloseable {
    private static final String LOCK_SUFFIX = ".lock";

    private final Layout layout;
    private final Path path;
    private final Path lockFile;
    private final FileLockHandle lock;

    private RunFolder(Layout layout, Path path, Path lockFile, FileLockHandle lock) {
        this.layout = layout;
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    static RunFolder in(Layout layout) {
        try {
            return make(layout);
        } catch (PgkeepException e) {
            // Another run, which was the last one there, may have taken the folder away in between.
            return make(layout);
        }
    }

    private static RunFolder make(Layout layout) {
        Path parent = layout.passing();
        PrivateFiles.createFolders(parent);
        removeLeftovers(layout, parent);
        String name = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path lockFile = parent.resolve(name + LOCK_SUFFIX);
        try {
            // The lock lies beside and is there first: a folder without one is a leftover.
            FileLockHandle lock = FileLockHandle.tryTake(lockFile, false)
                    .orElseThrow(() -> new PgkeepException(
                            ErrorCode.FILE_FAILED, "a temporary name is taken: " + lockFile, "run it again"));
            RunFolder made = new RunFolder(layout, parent.resolve(name), lockFile, lock);
            PrivateFiles.createFolders(made.path);
            return made;
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write in " + parent);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        PrivateFiles.deleteQuietly(layout, path);
        lock.close();
        PrivateFiles.deleteQuietly(layout, lockFile);
        Path parent = DurableFolder.of(path);
        try {
            if (Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(parent);
            }
        } catch (IOException e) {
            // Another run is at work there.
        }
    }

    /** Removes folders of dead runs: one whose lock can be taken belongs to nobody any more. */
    private static void removeLeftovers(Layout layout, Path parent) {
        try (var found = Files.list(parent)) {
            for (Path each : found.toList()) {
                String name = String.valueOf(each.getFileName());
                boolean isLock = name.endsWith(LOCK_SUFFIX);
                Path lockFile = isLock ? each : parent.resolve(name + LOCK_SUFFIX);
                if (!Files.exists(lockFile)) {
                    PrivateFiles.deleteQuietly(layout, each);
                    continue;
                }
                Optional<FileLockHandle> taken = FileLockHandle.tryTake(lockFile, false);
                if (taken.isPresent()) {
                    try (FileLockHandle mine = taken.get()) {
                        PrivateFiles.deleteQuietly(layout, parent.resolve(name.replace(LOCK_SUFFIX, "")));
                        PrivateFiles.deleteQuietly(layout, lockFile);
                    }
                }
            }
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + parent);
        }
    }
}
