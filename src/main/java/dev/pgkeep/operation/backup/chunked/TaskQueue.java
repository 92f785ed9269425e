package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.progress.Cancellation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Tasks for several threads, of which some bring further ones: it is empty only when nobody can add any more. */
final class TaskQueue<T> {
    private static final long LOOK_MILLIS = 100;

    private final Deque<T> tasks = new ArrayDeque<>();
    private int atWork;

    synchronized void add(List<? extends T> more) {
        tasks.addAll(more);
        notifyAll();
    }

    /** The next task, for which {@link #done} must be called; waits for those that others may add. */
    synchronized Optional<T> take(Cancellation cancellation) {
        while (tasks.isEmpty() && atWork > 0) {
            cancellation.check();
            try {
                wait(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Cancellation.interrupted();
            }
        }
        T task = tasks.poll();
        if (task == null) {
            return Optional.empty();
        }
        atWork++;
        return Optional.of(task);
    }

    /** A task that was taken is over, well or not. */
    synchronized void done() {
        atWork--;
        notifyAll();
    }
}
