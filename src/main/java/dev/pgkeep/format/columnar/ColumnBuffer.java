package dev.pgkeep.format.columnar;

import java.util.Arrays;

/** The values of one column, collected row by row. */
final class ColumnBuffer {
    private static final int[] NO_LENGTHS = {};

    /** The values without a gap. */
    byte[] values = new byte[64];

    /** Bytes of the values. */
    int size;

    /** Values that are not null. */
    int count;

    /** Length of every value, or -1 when lengths differ and {@link #lengths} counts. */
    int width = -1;

    int[] lengths = NO_LENGTHS;

    /** A bit for each row up to the last null; set where it is null. */
    byte[] nulls = new byte[8];

    int nullCount;

    private boolean varying;

    void add(byte[] source, int offset, int length) {
        if (size + length > values.length - BigEndian.SLACK) {
            values = Arrays.copyOf(values, Output.grown(values.length, (long) size + length + BigEndian.SLACK));
        }
        BigEndian.copy(source, offset, values, size, length);
        if (varying || length != width) {
            note(length);
        }
        size += length;
        count++;
    }

    void addNull() {
        int row = count + nullCount++;
        if (row >> 3 >= nulls.length) {
            nulls = Arrays.copyOf(nulls, Output.grown(nulls.length, (row >> 3) + 1L));
        }
        nulls[row >> 3] |= (byte) (1 << (row & 7));
    }

    private void note(int length) {
        if (count == 0) {
            width = length;
            return;
        }
        if (count >= lengths.length) {
            lengths = Arrays.copyOf(lengths, Output.grown(lengths.length, count + 1L));
        }
        if (!varying) {
            Arrays.fill(lengths, 0, count, width);
            varying = true;
            width = -1;
        }
        lengths[count] = length;
    }

    /** Length of a value. */
    int length(int index) {
        return width >= 0 ? width : lengths[index];
    }

    /** Bytes that it takes, used or not. */
    long room() {
        return values.length + (long) Integer.BYTES * lengths.length + nulls.length;
    }

    void clear() {
        int rows = count + nullCount;
        Arrays.fill(nulls, 0, Math.min(nulls.length, (rows + 7) >> 3), (byte) 0);
        size = 0;
        count = 0;
        nullCount = 0;
        width = -1;
        varying = false;
    }
}
