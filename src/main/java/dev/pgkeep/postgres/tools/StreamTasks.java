package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.process.ProcessTree;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The threads that move a child's streams. The first failure ends the child, so that nobody waits for a full pipe;
 * closing waits for all threads.
 */
final class StreamTasks implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final ProcessTree children;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean tookAllInput = true;

    StreamTasks(ProcessTree children) {
        this.children = children;
    }

    void start(String name, Step step) {
        threads.add(Thread.ofVirtual().name("client-" + name).start(() -> perform(step)));
    }

    boolean tookAllInput() {
        return tookAllInput;
    }

    void closeQuietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException alreadyGone) {
            tookAllInput = true;
        }
    }

    /**
     * Waits for the streams to end. After a forced end not for long: a grandchild that was just being started when its
     * parent was ended may hold them open, and is nobody's child any more.
     */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            while (thread.isAlive() && !thread.join(LAST_WORDS) && !children.isEnding()) {
                continue;
            }
        }
    }

    void rethrow() {
        switch (failure.get()) {
            case null -> {}
            case PgkeepException e -> throw e;
            case IOException e -> throw translate(e);
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new PgkeepException(ErrorCode.INTERNAL, e.toString(), "please report this", e);
        }
    }

    /** Ends whatever still runs; after a normal end nothing does. */
    @Override
    public void close() {
        if (threads.stream().anyMatch(Thread::isAlive)) {
            children.kill();
            threads.forEach(Thread::interrupt);
        }
    }

    static PgkeepException translate(IOException e) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("No space left") || text.contains("not enough space")) {
            return new PgkeepException(
                    ErrorCode.DISK_FULL, "the disk is full: " + text, "free some space and try again", e);
        }
        return switch (e) {
            case java.nio.file.AccessDeniedException denied ->
                new PgkeepException(
                        ErrorCode.NO_PERMISSION,
                        "no permission for " + text,
                        "check the owner and mode of the folder",
                        e);
            case java.nio.file.NoSuchFileException missing ->
                new PgkeepException(ErrorCode.FILE_FAILED, text + " does not exist", "check the path", e);
            case IOException other ->
                new PgkeepException(ErrorCode.FILE_FAILED, text, "check the disk and the file", e);
        };
    }

    private void perform(Step step) {
        try {
            step.run();
        } catch (Throwable e) {
            if (isChildGone(e)) {
                tookAllInput = false;
                return;
            }
            if (failure.compareAndSet(null, e)) {
                children.end();
            }
        }
    }

    private static boolean isChildGone(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Stdin.ChildGone) {
                return true;
            }
        }
        return false;
    }

    /** Work on a stream. */
    interface Step {
        void run() throws IOException;
    }
}
