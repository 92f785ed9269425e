package dev.pgkeep.base.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads work on one thing: they fail together, and none is left. */
@Timeout(30)
final class CrewTest {
    private static final String NAME = "crew-test";

    private final Cancellation cancellation = new Cancellation();

    @AfterEach
    void no_thread_is_left() {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith(NAME));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void all_threads_have_ended_and_are_numbered() {
        var ended = new AtomicInteger();
        Crew.run(3, NAME, cancellation, stop -> {
            assertThat(Thread.currentThread().getName()).matches(NAME + "-[123]");
            ended.incrementAndGet();
        });
        assertThat(ended).hasValue(3);
    }

    @Test
    void each_work_has_a_thread_of_its_own() {
        var both = new CountDownLatch(2);
        Crew.Work work = stop -> {
            both.countDown();
            await(both);
        };
        Crew.run(List.of(work, work), NAME, cancellation);
        assertThat(both.getCount()).isZero();
    }

    @Test
    void nothing_to_do_is_done_at_once() {
        Crew.run(List.of(), NAME, cancellation);
    }

    @Test
    void a_failure_comes_out_as_it_is_and_stops_those_that_wait() {
        var failure = new IllegalStateException("broken");
        assertThat(catchThrowable(() -> failing(failure))).isSameAs(failure).hasNoSuppressedExceptions();
    }

    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, AssertionError.class})
    void an_error_is_a_failure_and_stops_those_that_wait(Class<? extends Error> type) throws Exception {
        Error error = type.getConstructor().newInstance();
        assertThatThrownBy(() -> failing(error))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                .hasMessage("unexpected: " + error)
                .hasCause(error);
    }

    @Test
    void memory_that_is_too_small_is_told_with_what_gives_more() {
        assertThatThrownBy(() -> failing(new OutOfMemoryError("heap")))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.hint()).contains("PGKEEP_JAVA_OPTS=-Xmx1g"))
                .hasMessageContaining("memory");
    }

    @Test
    void a_class_that_cannot_be_loaded_is_told_as_everywhere() {
        assertThatThrownBy(() -> failing(new NoClassDefFoundError("No space left on device")))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
    }

    /** One thread fails once the other one waits, and waits for nothing but to be stopped. */
    private void failing(Throwable failure) {
        var waiting = new CountDownLatch(1);
        Crew.run(
                List.of(stop -> waitToBeStopped(stop, waiting), stop -> {
                    await(waiting);
                    throwAny(failure);
                }),
                NAME,
                cancellation);
    }

    @Test
    void the_first_failure_is_thrown_and_the_others_are_suppressed_in_it() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second");
        var error = new OutOfMemoryError("third");
        var waiting = new CountDownLatch(2);
        Crew.Work late = stop -> {
            try {
                waitToBeStopped(stop, waiting);
            } catch (PgkeepException e) {
                throw second;
            }
        };
        Crew.Work later = stop -> {
            try {
                waitToBeStopped(stop, waiting);
            } catch (PgkeepException e) {
                throw error;
            }
        };
        assertThat(catchThrowable(() -> Crew.run(
                        List.of(late, later, stop -> {
                            await(waiting);
                            throw first;
                        }),
                        NAME,
                        cancellation)))
                .isSameAs(first);
        assertThat(first.getSuppressed()).containsExactlyInAnyOrder(second, error);
    }

    @Test
    void one_failure_that_all_threads_meet_is_thrown_once() {
        var failure = new IllegalStateException("the same for all");
        assertThat(catchThrowable(() -> Crew.run(4, NAME, cancellation, stop -> {
                    throw failure;
                })))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
    }

    @Test
    void a_cancellation_stops_all_and_is_what_comes_out_whatever_they_fail_with_then() {
        var waiting = new CountDownLatch(2);
        var canceller = Thread.ofVirtual().start(() -> {
            await(waiting);
            cancellation.cancel();
        });
        assertInterrupted(catchThrowable(() -> Crew.run(2, NAME, cancellation, stop -> {
            try {
                waitToBeStopped(stop, waiting);
            } catch (PgkeepException e) {
                throw new IllegalStateException("the connection was closed", e);
            }
        })));
        assertThat(canceller).matches(thread -> join(thread));
    }

    @Test
    void what_was_cancelled_before_is_stopped_at_once() {
        cancellation.cancel();
        assertInterrupted(catchThrowable(
                () -> Crew.run(2, NAME, cancellation, stop -> waitToBeStopped(stop, new CountDownLatch(2)))));
    }

    @Test
    void a_caller_that_is_interrupted_waits_for_the_threads_stops_them_and_stays_interrupted() {
        var waiting = new CountDownLatch(2);
        Thread caller = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            await(waiting);
            caller.interrupt();
        });
        var ended = new AtomicInteger();
        Throwable thrown = catchThrowable(() -> Crew.run(2, NAME, cancellation, stop -> {
            try {
                waitToBeStopped(stop, waiting);
            } finally {
                ended.incrementAndGet();
            }
        }));
        assertThat(Thread.interrupted()).isTrue();
        assertInterrupted(thrown);
        assertThat(ended).hasValue(2);
        assertThat(cancellation.isCancelled()).as("what else the caller does").isFalse();
    }

    @Test
    void a_caller_that_is_interrupted_does_not_take_work_that_was_left_for_done() {
        var waiting = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            await(waiting);
            caller.interrupt();
        });
        Throwable thrown = catchThrowable(() -> Crew.run(1, NAME, cancellation, stop -> {
            try {
                waitToBeStopped(stop, waiting);
            } catch (PgkeepException e) {
                // Leaves without a word, as a loop does that only looks whether it is to go on.
            }
        }));
        assertThat(Thread.interrupted()).isTrue();
        assertInterrupted(thrown);
    }

    @Test
    void a_cancellation_after_the_end_reaches_nobody() {
        var stopped = new AtomicBoolean();
        Crew.run(1, NAME, cancellation, stop -> stop.onCancel(() -> stopped.set(true)));
        cancellation.cancel();
        assertThat(stopped).isFalse();
    }

    private static void assertInterrupted(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
    }

    /** Returns only by failing as everything does that was stopped. */
    private static void waitToBeStopped(Cancellation stop, CountDownLatch waiting) {
        var stopped = new CountDownLatch(1);
        try (var registration = stop.onCancel(stopped::countDown)) {
            waiting.countDown();
            await(stopped);
        }
        stop.check();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean join(Thread thread) {
        try {
            thread.join();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void throwAny(Throwable failure) {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(failure);
        }
    }
}
