package dev.pgkeep.base.progress;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries an interruption (Ctrl-C, SIGTERM) from whoever notices it to whatever is running. Long work registers how to
 * stop it; short work asks {@link #check()} now and then. Cancelling twice is harmless.
 */
public final class Cancellation {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

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

    /**
     * Stops everything that is registered, now and later. One that hangs (asking a server that does not answer any
     * more) holds up nobody else, and this method not for long.
     */
    public void cancel() {
        cancelled = true;
        List<Thread> stopping =
                stoppers.stream().map(Thread.ofVirtual().name("stop")::start).toList();
        try {
            for (Thread each : stopping) {
                each.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    /** The failure to report: once somebody has pressed Ctrl-C, whatever fails of it is an interruption. */
    public PgkeepException meant(PgkeepException failure) {
        return isCancelled() ? interrupted() : failure;
    }

    /** Ends a registration. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
