package dev.pgkeep.format.columnar;

import java.util.Arrays;

/** A growing list of lengths. */
final class ColumnLengths {
    long[] values = new long[64];
    int count;

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, Output.grown(count, count + 1L));
        }
        values[count++] = value;
    }
}
