package dev.pgkeep.repository.pack;

/** Divides ids, which are spread evenly, by their leading bits: about eight to a bucket. */
final class Buckets {
    private Buckets() {}

    static int bits(int size) {
        return Math.clamp(28 - Integer.numberOfLeadingZeros(Math.max(size, 1)), 1, 26);
    }

    static int of(long leading, int bits) {
        return (int) (leading >>> (64 - bits));
    }

    /** The place where each bucket begins when the ids are in order, and after the last one the size. */
    static int[] starts(long[] ids, int size, int bits) {
        int[] starts = new int[(1 << bits) + 1];
        for (int entry = 0; entry < size; entry++) {
            starts[of(ids[4 * entry], bits) + 1]++;
        }
        for (int bucket = 1; bucket < starts.length; bucket++) {
            starts[bucket] += starts[bucket - 1];
        }
        return starts;
    }
}
