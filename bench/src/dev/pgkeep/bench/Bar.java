package dev.pgkeep.bench;

import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Something that is wanted of a figure: that it is no larger.
 *
 * @param what is measured, and against what
 * @param most the largest that is right
 * @param unit how figures are written
 */
record Bar(String what, double most, Unit unit) {
    /** Bytes that pgkeep's own process may have, whatever the database is. */
    static final double MEMORY = 250e6;

    /** How figures are written. */
    enum Unit {
        RATIO(value -> String.format(Locale.ROOT, "%.2f", value)),
        SECONDS(value -> String.format(Locale.ROOT, "%.2f s", value)),
        PERCENT(value -> String.format(Locale.ROOT, "%.2f %%", value)),
        BYTES(value -> Report.megabytes((long) value)),
        COUNT(value -> String.format(Locale.ROOT, "%,.0f", value));

        private final DoubleFunction<String> form;

        Unit(DoubleFunction<String> form) {
            this.form = form;
        }

        String of(double value) {
            return form.apply(value);
        }
    }

    static Bar ratio(String what, double most) {
        return new Bar(what, most, Unit.RATIO);
    }

    static Bar seconds(String what, double most) {
        return new Bar(what, most, Unit.SECONDS);
    }

    static Bar percent(String what, double most) {
        return new Bar(what, most, Unit.PERCENT);
    }

    static Bar count(String what, double most) {
        return new Bar(what, most, Unit.COUNT);
    }

    /** Of pgkeep's own process, at its peak. */
    static Bar memory(String what) {
        return new Bar("memory of the process, " + what, MEMORY, Unit.BYTES);
    }

    /** Met or missed, and by how much of the bar. */
    String verdict(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        boolean met = value <= most;
        if (most == 0 || value == 0) {
            return met ? "met" : "**missed**";
        }
        long percent = Math.round(Math.abs(value / most - 1) * 100);
        if (met) {
            return "met, " + percent + " % below";
        }
        return "**missed** "
                + (percent < 100 ? "by " + percent + " %" : "%.1f times the bar".formatted(value / most));
    }
}
