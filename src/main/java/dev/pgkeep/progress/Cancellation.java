package dev.pgkeep.progress;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries an interruption (Ctrl-C, SIGTERM) from whoever notices it to whatever is running. Long work registers how to
 * stop it; short work asks {@link #check()} now and then. Cancelling twice is harmless.
 */
public final class Cancellation {
    private final Set<Runnable> stoppers = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** Says how to stop something that is about to run, until the returned registration is closed. */
    public Registration onCancel(Runnable stop) {
        stoppers.add(stop);
        if (cancelled) {
            stop.run();
        }
        return () -> stoppers.remove(stop);
    }

    /** Stops everything that is registered, now and later. */
    public void cancel() {
        cancelled = true;
        stoppers.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** @throws PgkeepException with {@link ErrorCode#INTERRUPTED} once cancelled */
    public void check() {
        if (cancelled) {
            throw interrupted();
        }
    }

    /** The error that every cancelled job ends with. */
    public static PgkeepException interrupted() {
        return new PgkeepException(ErrorCode.INTERRUPTED, "interrupted", "run the same command again when ready");
    }

    /** Ends a registration. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
