package dev.pgkeep.format.columnar;

import java.util.Arrays;

/** The few different values of a column, in the order in which they come up first. */
final class ByteList {
    private static final int SLOTS = 4 * Limits.DICTIONARY;

    final Output bytes = new Output();
    int[] starts = new int[64];
    long[] lengths = new long[64];
    int size;

    private final int[] places = new int[SLOTS];

    void clear() {
        Arrays.fill(places, 0);
        bytes.size = 0;
        size = 0;
    }

    /**
     * The place of a value, which is added when it is new. May go one beyond {@link Limits#DICTIONARY}.
     *
     * @param source has {@link BigEndian#SLACK} bytes after the value
     */
    int place(byte[] source, int offset, int length) {
        int slot = hash(source, offset, length) & (SLOTS - 1);
        while (places[slot] != 0) {
            int place = places[slot] - 1;
            int start = starts[place];
            if (lengths[place] == length && BigEndian.same(bytes.bytes, start, source, offset, length)) {
                return place;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        starts[size] = bytes.size;
        lengths[size] = length;
        bytes.put(source, offset, length);
        places[slot] = ++size;
        return size - 1;
    }

    private static int hash(byte[] source, int offset, int length) {
        long hash = length;
        int at = offset;
        int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ BigEndian.longAt(source, at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        if (at < end) {
            hash = (hash ^ BigEndian.lowest(BigEndian.swappedAt(source, at), end - at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) ((hash * 0x9E3779B97F4A7C15L) >>> 40);
    }
}
