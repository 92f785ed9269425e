package dev.pgkeep.base.progress;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A crew of threads that fail together. The first failure stops all of them, and is what comes out; an {@link Error} is
 * a failure as any other, for a thread that runs out of memory must not look like one that has finished. None of them
 * outlives the call.
 */
public final class Crew {
    /** The work of each thread. */
    @FunctionalInterface
    public interface Work {
        /** @param stop cancelled when another thread failed, or everything was cancelled */
        void run(Cancellation stop);
    }

    private final Cancellation stop = new Cancellation();
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    private final Queue<Throwable> others = new ConcurrentLinkedQueue<>();

    private Crew() {}

    /**
     * Has several threads do the same work.
     *
     * @param name of the threads, which are numbered
     * @throws PgkeepException as {@link #run(List, String, Cancellation)}
     */
    public static void run(int threads, String name, Cancellation cancellation, Work work) {
        run(Collections.nCopies(threads, work), name, cancellation);
    }

    /**
     * Has one thread for each work, and returns when all have ended.
     *
     * @param name of the threads, which are numbered
     * @throws PgkeepException INTERRUPTED when cancelled, or the calling thread was interrupted (it still is, then);
     *     else what failed first, an error being INTERNAL, or what {@link FileProblem#ofLibrary} says. What failed
     *     besides, before it was stopped, is suppressed in it
     */
    public static void run(List<Work> works, String name, Cancellation cancellation) {
        Crew crew = new Crew();
        boolean interrupted;
        try (var registration = cancellation.onCancel(crew.stop::cancel)) {
            interrupted = crew.join(crew.start(works, name));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
        cancellation.check();
        Throwable failed = crew.first.get();
        if (failed != null) {
            throw crew.told(failed);
        }
    }

    private List<Thread> start(List<Work> works, String name) {
        List<Thread> threads = new ArrayList<>();
        try {
            for (Work work : works) {
                threads.add(Thread.ofPlatform()
                        .name(name + "-" + (threads.size() + 1))
                        .start(() -> perform(work)));
            }
        } catch (Throwable e) {
            // The system has no more threads: those that have begun must end.
            failed(e);
        }
        return threads;
    }

    /** Whether the calling thread was interrupted meanwhile. */
    private boolean join(List<Thread> threads) {
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
        return interrupted;
    }

    private void perform(Work work) {
        try {
            work.run(stop);
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** Notes the first before anything else, without asking for memory: there may be none. */
    private void failed(Throwable failure) {
        if (!first.compareAndSet(null, failure) && !isEnd(failure)) {
            others.add(failure);
        }
        stop.cancel();
    }

    /** Whether a thread only says that it was stopped. */
    private static boolean isEnd(Throwable failure) {
        return failure instanceof PgkeepException e && e.code() == ErrorCode.INTERRUPTED;
    }

    private RuntimeException told(Throwable failed) {
        RuntimeException told = switch (failed) {
            case RuntimeException e -> e;
            case LinkageError e -> FileProblem.ofLibrary(e);
            case OutOfMemoryError memory ->
                new PgkeepException(
                        ErrorCode.INTERNAL,
                        "the memory that pgkeep may use is too small for this",
                        "give it more: PGKEEP_JAVA_OPTS=-Xmx1g",
                        memory);
            default -> new PgkeepException(ErrorCode.INTERNAL, "unexpected: " + failed, "please report it", failed);
        };
        others.stream().filter(other -> other != failed).forEach(told::addSuppressed);
        return told;
    }
}
