package dev.pgkeep.format.columnar;

import java.util.Arrays;

/** The numbers that fill one place of a column's patterns. */
final class NumberPart {
    long[] values = new long[64];
    long[] widths = new long[64];
    int count;

    /** Whether one of the numbers begins with a zero that its value does not tell of. */
    boolean padded;

    void add(long value, int width, boolean zero) {
        if (count == values.length) {
            int grown = Output.grown(count, count + 1L);
            values = Arrays.copyOf(values, grown);
            widths = Arrays.copyOf(widths, grown);
        }
        values[count] = value;
        widths[count++] = width;
        padded |= zero;
    }

    void clear() {
        count = 0;
        padded = false;
    }
}
