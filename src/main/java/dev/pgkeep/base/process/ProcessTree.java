package dev.pgkeep.base.process;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A child and the children it started (the workers of a parallel dump, the real program behind a wrapper script), which
 * end together: first asked, after three seconds made to.
 */
public final class ProcessTree {
    private static final long GRACE_SECONDS = 3;

    private final Process process;
    private final AtomicBoolean ending = new AtomicBoolean();

    public ProcessTree(Process process) {
        this.process = process;
    }

    /** Asks everything to end and returns at once. */
    public void end() {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroy);
        Thread.ofVirtual().name("client-end").start(() -> killAfterGrace(all));
    }

    public boolean isEnding() {
        return ending.get();
    }

    /** Ends everything at once. */
    public void kill() {
        if (process.isAlive()) {
            all().forEach(ProcessHandle::destroyForcibly);
        }
    }

    public int await(Optional<Duration> limit) throws InterruptedException {
        if (limit.isPresent() && !process.waitFor(limit.get())) {
            kill();
            throw new PgkeepException(
                    ErrorCode.COMMAND_FAILED,
                    "a client program did not answer within " + limit.get().toSeconds() + " s",
                    "try it by hand: " + process.info().command().orElse("the program"));
        }
        return process.waitFor();
    }

    private void killAfterGrace(List<ProcessHandle> all) {
        try {
            if (process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS) && all.stream().noneMatch(ProcessHandle::isAlive)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** The parent first: a shell whose child ended before it would go on to its next command. */
    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }
}
