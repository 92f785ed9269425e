package dev.pgkeep.operation.demo;

import java.util.List;

/**
 * The outcome of the demo.
 *
 * @param server for instance {@code PostgreSQL 17.6}
 * @param tables number of tables
 * @param rows rows in them before the accident, and again after the restore
 * @param contentBefore fingerprint of all rows before the accident
 * @param contentDamaged the same after it
 * @param contentRestored the same after the restore
 * @param figures what was looked at: before, damaged, restored
 * @param seconds how long everything took, pauses included
 * @param steps how long each step took
 */
public record DemoResult(
        String server,
        int tables,
        long rows,
        String contentBefore,
        String contentDamaged,
        String contentRestored,
        List<List<Figure>> figures,
        double seconds,
        List<Timing> steps) {

    /** A step and its time. */
    public record Timing(String step, double seconds) {}

    DemoResult ended(double afterSeconds, List<Timing> timings) {
        return new DemoResult(
                server,
                tables,
                rows,
                contentBefore,
                contentDamaged,
                contentRestored,
                figures,
                afterSeconds,
                List.copyOf(timings));
    }

    /** Whether every row is back. */
    public boolean isRestored() {
        return contentBefore.equals(contentRestored) && !contentBefore.equals(contentDamaged);
    }
}
