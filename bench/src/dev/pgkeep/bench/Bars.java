package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.bench.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What pgkeep promises, and whether it holds. */
final class Bars {
    static final long MEMORY = 512L << 20;

    /**
     * One promise.
     *
     * @param bar what is promised
     * @param measured what came out
     */
    record Bar(String bar, String measured, boolean met) {}

    private Bars() {}

    static List<Bar> of(Results results) {
        List<Bar> bars = new ArrayList<>();
        Optional<Step> dump = results.best(Kind.DUMP);
        Optional<Step> parallel = results.best(Kind.PARALLEL_DUMP);
        results.best(Kind.FULL).ifPresent(full -> {
            dump.ifPresent(step -> {
                bars.add(speed("first backup: at least 5 times as fast as " + step.title(), results, step, full, 5));
                bars.add(most(
                        "first backup: at most 0.42 of the size of " + step.title(),
                        results.ratio(full, step, Measured::bytes),
                        0.42));
            });
            parallel.ifPresent(step -> bars.add(speed(
                    "first backup: at least 1.3 times as fast as " + step.title() + ", the best parallel one",
                    results,
                    step,
                    full,
                    1.3)));
            results.best(Kind.UNCHANGED).ifPresent(step -> bars.add(share("nothing changed", results, step, full, 1)));
            results.best(Kind.APPENDED).ifPresent(step -> bars.add(share("1 % more rows", results, step, full, 3)));
        });
        results.best(Kind.RESTORE)
                .ifPresent(restore -> results.best(Kind.PG_RESTORE)
                        .ifPresent(step -> bars.add(most(
                                "restore: at most 0.85 of the time of " + step.title() + ", the best",
                                results.ratio(restore, step, Measured::seconds),
                                0.85))));
        bars.add(memory("all of it", results.peakJava()));
        return bars;
    }

    static Bar memory(String what, long peak) {
        return new Bar(
                "memory: the Java process stays under 512 MB (" + what + ")", Report.megabytes(peak), peak < MEMORY);
    }

    private static Bar speed(String text, Results results, Step other, Step full, double least) {
        double factor = results.ratio(other, full, Measured::seconds);
        return new Bar(text, String.format(Locale.ROOT, "%.2f times", factor), factor >= least);
    }

    private static Bar most(String text, double ratio, double most) {
        return new Bar(text, String.format(Locale.ROOT, "%.2f", ratio), ratio <= most);
    }

    private static Bar share(String change, Results results, Step step, Step full, double most) {
        double percent = results.ratio(step, full, Measured::bytes) * 100;
        return new Bar(
                "next backup, " + change + ": at most " + (int) most + " % new bytes",
                String.format(Locale.ROOT, "%.2f %%", percent),
                percent <= most);
    }
}
