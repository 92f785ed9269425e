package dev.pgkeep.base.progress;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records where the time of a run goes, by phase. A phase may be entered again, by several threads at once, and inside
 * of others. Names are short nouns that stay the same from run to run ({@code rows}, {@code indexes}), since figures
 * are compared by them. Thread-safe; what is measured costs microseconds, so phases are pieces of work and not rows.
 */
public final class Phases {
    /**
     * The time of a phase.
     *
     * @param name what was done
     * @param wall how long somebody was at it
     * @param work the same, added up over the threads that were at it at once
     * @param cpu processor time of this process alone meanwhile, to a hundredth of a second; empty where other phases
     *     went on beside it, or the system does not tell
     */
    public record Phase(String name, Duration wall, Duration work, Optional<Duration> cpu) {}

    /** A phase that has begun; closing ends it. */
    @FunctionalInterface
    public interface Open extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Timer {
        private final String name;
        private int open;
        private long since;
        private long wall;
        private long work;
        private long cpuSince;
        private long cpu;
        private boolean alone = true;

        private Timer(String name) {
            this.name = name;
        }

        private Phase phase() {
            return new Phase(
                    name,
                    Duration.ofNanos(wall),
                    Duration.ofNanos(work),
                    alone ? Optional.of(Duration.ofNanos(cpu)) : Optional.empty());
        }
    }

    private final LongSupplier cpu;
    private final Map<String, Timer> timers = new LinkedHashMap<>();
    private final Map<String, Timer> steps = new LinkedHashMap<>();
    private final Timer any = new Timer("any");
    private @Nullable Open step;

    /** Phases whose processor time nobody tells. */
    public Phases() {
        this(() -> -1);
    }

    /** @param cpu nanoseconds of processor time of this process so far, negative where the system does not tell */
    public Phases(LongSupplier cpu) {
        this.cpu = cpu;
    }

    /** Begins a phase that nothing else goes on beside, so that all processor time meanwhile is its own. */
    public Open begin(String name) {
        return begin(timers, name, true, true);
    }

    /** Begins a phase that others go on beside. */
    public Open beside(String name) {
        return begin(timers, name, false, true);
    }

    /** Does something as a phase that nothing else goes on beside. */
    public <T> T during(String name, Supplier<T> work) {
        try (Open open = begin(name)) {
            return work.get();
        }
    }

    /** Does something as a phase that nothing else goes on beside. */
    public void during(String name, Runnable work) {
        try (Open open = begin(name)) {
            work.run();
        }
    }

    /** The phases that have ended, in the order in which they began first. */
    public synchronized List<Phase> taken() {
        return taken(timers);
    }

    /** How long at least one phase was going on. */
    public synchronized Duration covered() {
        return Duration.ofNanos(any.wall);
    }

    /**
     * The steps as they were told to people, one behind the other: what is known of an operation that records no phases
     * of its own. Each has the first word of what was told for its name ({@code loading}), for the rest may name things
     * of the user's. The last one goes on until now.
     */
    public synchronized List<Phase> steps() {
        endStep();
        return taken(steps);
    }

    /** A step begins; it ends the one before. */
    synchronized void step(String what) {
        endStep();
        String verb = what.strip().split("\\W", 2)[0].toLowerCase(Locale.ROOT);
        step = begin(steps, verb, true, false);
    }

    private void endStep() {
        if (step != null) {
            step.close();
            step = null;
        }
    }

    private static List<Phase> taken(Map<String, Timer> timers) {
        return timers.values().stream()
                .filter(timer -> timer.work > 0)
                .map(Timer::phase)
                .toList();
    }

    private synchronized Open begin(Map<String, Timer> group, String name, boolean alone, boolean counted) {
        Timer timer = group.computeIfAbsent(name, Timer::new);
        long begun = System.nanoTime();
        timer.alone &= alone;
        if (counted && any.open++ == 0) {
            any.since = begun;
        }
        if (timer.open++ == 0) {
            timer.since = begun;
            timer.cpuSince = timer.alone ? cpu.getAsLong() : -1;
        }
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (!closed.getAndSet(true)) {
                end(timer, begun, counted);
            }
        };
    }

    private synchronized void end(Timer timer, long begun, boolean counted) {
        long now = System.nanoTime();
        if (counted && --any.open == 0) {
            any.wall += now - any.since;
        }
        timer.work += now - begun;
        if (--timer.open == 0) {
            timer.wall += now - timer.since;
            timer.alone &= timer.cpuSince >= 0;
            timer.cpu += timer.alone ? cpu.getAsLong() - timer.cpuSince : 0;
        }
    }
}
