package dev.pgkeep.base.progress;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The same work on several threads. The first failure stops all of them, and is what comes out. */
public final class Crew {
    /** What each thread does. */
    @FunctionalInterface
    public interface Work {
        /** @param stop cancelled when another thread failed, or everything was cancelled */
        void run(Cancellation stop);
    }

    private final Cancellation stop = new Cancellation();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    private Crew() {}

    /** Returns when all threads have ended. */
    public static void run(int threads, String name, Cancellation cancellation, Work work) {
        Crew crew = new Crew();
        try (var registration = cancellation.onCancel(crew.stop::cancel)) {
            crew.work(threads, name, work);
        }
        cancellation.check();
        RuntimeException failed = crew.failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void work(int count, String name, Work work) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            threads.add(Thread.ofPlatform().name(name + "-" + i).start(() -> guarded(work)));
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    stop.cancel();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void guarded(Work work) {
        try {
            work.run(stop);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            stop.cancel();
        } catch (LinkageError e) {
            failure.compareAndSet(null, FileProblem.ofLibrary(e));
            stop.cancel();
        } catch (Error e) {
            failure.compareAndSet(
                    null, new PgkeepException(ErrorCode.INTERNAL, "unexpected: " + e, "please report it", e));
            stop.cancel();
        }
    }
}
