package dev.pgkeep.format.columnar;

import java.util.Arrays;

/** The few different integers of a column, in ascending order. */
final class LongList {
    private static final int SLOTS = 4 * Limits.DICTIONARY;

    private final long[] keys = new long[SLOTS];
    private final int[] places = new int[SLOTS];
    private long[] entries = new long[64];
    private int size;

    /** Collects the different values; false when there are too many. */
    boolean fill(long[] values, int count) {
        Arrays.fill(places, 0);
        size = 0;
        for (int i = 0; i < count; i++) {
            int slot = slot(values[i]);
            if (places[slot] == 0) {
                if (Limits.tooMany(size + 1, i)) {
                    return false;
                }
                add(slot, values[i]);
            }
        }
        Arrays.sort(entries, 0, size);
        for (int i = 0; i < size; i++) {
            places[slot(entries[i])] = i + 1;
        }
        return true;
    }

    private void add(int slot, long value) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        keys[slot] = value;
        entries[size++] = value;
        places[slot] = size;
    }

    private int slot(long value) {
        int slot = (int) ((value * 0x9E3779B97F4A7C15L) >>> 40) & (SLOTS - 1);
        while (places[slot] != 0 && keys[slot] != value) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        return slot;
    }

    int size() {
        return size;
    }

    long[] entries() {
        return entries;
    }

    /** The place of a value that was among the collected ones. */
    int place(long value) {
        return places[slot(value)] - 1;
    }
}
