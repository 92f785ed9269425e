package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that work on one thing: the first failure stops all of them, and is what is thrown. */
final class Workers implements AutoCloseable {
    private final Cancellation cancellation = new Cancellation();
    private final Cancellation.Registration registration;
    private final Cancellation outer;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    Workers(Cancellation outer) {
        this.outer = outer;
        this.registration = outer.onCancel(cancellation::cancel);
    }

    /** Cancelled from outside, or when a worker fails. */
    Cancellation cancellation() {
        return cancellation;
    }

    void start(Runnable work) {
        threads.add(Thread.ofPlatform().name("pgkeep-dump-" + threads.size()).start(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                // Errors too: a thread that runs out of memory must not look like one that has finished.
                failure.compareAndSet(null, e);
                cancellation.cancel();
            }
        }));
    }

    /** Waits for all. */
    void join() {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw Cancellation.interrupted();
        }
        outer.check();
        switch (failure.get()) {
            case null -> {}
            case PgkeepException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** Stops what still runs, and waits for it. */
    @Override
    public void close() {
        cancellation.cancel();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        registration.close();
    }
}
