package dev.pgkeep.operation.backup.chunked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Crew;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TaskQueueTest {
    private final Cancellation cancellation = new Cancellation();

    @Test
    void it_is_empty_when_all_is_done() {
        TaskQueue<Integer> queue = new TaskQueue<>();
        queue.add(List.of(1, 2));
        assertThat(queue.take(cancellation)).contains(1);
        assertThat(queue.take(cancellation)).contains(2);
        queue.done();
        queue.done();
        assertThat(queue.take(cancellation)).isEmpty();
    }

    @Test
    void everything_that_tasks_bring_is_taken_once_by_several_threads() {
        TaskQueue<Integer> queue = new TaskQueue<>();
        AtomicInteger taken = new AtomicInteger();
        queue.add(List.of(8));
        Crew.run(4, "tasks", cancellation, stop -> {
            for (Optional<Integer> task = queue.take(stop); task.isPresent(); task = queue.take(stop)) {
                taken.incrementAndGet();
                int depth = task.get();
                queue.add(IntStream.range(0, depth > 0 ? 2 : 0)
                        .mapToObj(i -> depth - 1)
                        .toList());
                queue.done();
            }
        });
        assertThat(taken.get()).isEqualTo((1 << 9) - 1);
    }

    @Test
    void whoever_waits_for_what_others_may_bring_is_cancelled() {
        TaskQueue<Integer> queue = new TaskQueue<>();
        queue.add(List.of(1));
        queue.take(cancellation);
        cancellation.cancel();
        assertThatThrownBy(() -> queue.take(cancellation)).isInstanceOf(PgkeepException.class);
    }
}
