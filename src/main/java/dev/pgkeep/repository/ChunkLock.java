package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The lock of the chunk store. Whoever reads or writes chunks shares it; a sweep has it alone, so that nothing is taken
 * back that a running backup has found there and is about to name.
 */
final class ChunkLock {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private ChunkLock() {}

    static FileLockHandle share(Layout layout, Cancellation cancellation) {
        for (long waited = 0; waited < PATIENCE.toMillis(); waited += LOOK_AGAIN.toMillis()) {
            Optional<FileLockHandle> lease = take(layout, true);
            if (lease.isPresent()) {
                return lease.get();
            }
            cancellation.check();
            pause();
        }
        throw new PgkeepException(
                ErrorCode.BACKUP_IN_USE,
                "another run has been taking back space in " + layout.root() + " for " + PATIENCE.toMinutes()
                        + " minutes",
                "look what it is doing, and try again when it has ended");
    }

    /** Shares the lock without waiting; in a repository that may only be read there may be nothing to take. */
    static Optional<FileLockHandle> tryShare(Layout layout) {
        try {
            return take(layout, true);
        } catch (PgkeepException e) {
            return Optional.of(FileLockHandle.none());
        }
    }

    /** The lock for a sweep; empty while anybody reads or writes chunks. */
    static Optional<FileLockHandle> alone(Layout layout) {
        return take(layout, false);
    }

    private static Optional<FileLockHandle> take(Layout layout, boolean shared) {
        Path file = layout.locks().resolve(Layout.CHUNKS);
        try {
            layout.create(layout.locks());
            return FileLockHandle.tryTake(file, shared);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot lock " + file);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }
}
