package dev.pgkeep.repository.pack;

import java.util.Arrays;

/**
 * Chunks and where they lie, in primitive arrays: 48 bytes each. The pack is a number whose meaning the owner knows.
 * Entries of several places of one chunk may stand in it.
 */
final class EntryTable {
    private static final int ROUGH_BITS = 8;

    private long[] ids;
    private int[] places;
    private int size;

    EntryTable(int capacity) {
        ids = new long[4 * capacity];
        places = new int[4 * capacity];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    int add(ChunkId id, int pack, int offset, int stored, int length) {
        int entry = size;
        grow(size + 1);
        int at = 4 * entry;
        ids[at] = id.a();
        ids[at + 1] = id.b();
        ids[at + 2] = id.c();
        ids[at + 3] = id.d();
        size++;
        place(entry, pack, offset, stored, length);
        return entry;
    }

    void place(int entry, int pack, int offset, int stored, int length) {
        int at = 4 * entry;
        places[at] = pack;
        places[at + 1] = offset;
        places[at + 2] = stored;
        places[at + 3] = length;
    }

    /** Makes room for entries whose numbers are put in by the caller: returns the number of the first. */
    int extend(int count) {
        int first = size;
        grow(size + count);
        size += count;
        return first;
    }

    long[] ids() {
        return ids;
    }

    int[] places() {
        return places;
    }

    ChunkId id(int entry) {
        int at = 4 * entry;
        return new ChunkId(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]);
    }

    int pack(int entry) {
        return places[4 * entry];
    }

    int offset(int entry) {
        return places[4 * entry + 1];
    }

    int stored(int entry) {
        return places[4 * entry + 2];
    }

    int length(int entry) {
        return places[4 * entry + 3];
    }

    boolean isAt(int entry, ChunkId id) {
        int at = 4 * entry;
        return ids[at] == id.a() && ids[at + 1] == id.b() && ids[at + 2] == id.c() && ids[at + 3] == id.d();
    }

    boolean sameId(int one, int other) {
        return Arrays.equals(ids, 4 * one, 4 * one + 4, ids, 4 * other, 4 * other + 4);
    }

    /** Takes over an entry of another table. */
    void add(EntryTable other, int entry, int pack) {
        int mine = extend(1);
        System.arraycopy(other.ids, 4 * entry, ids, 4 * mine, 4);
        System.arraycopy(other.places, 4 * entry, places, 4 * mine, 4);
        places[4 * mine] = pack;
    }

    /**
     * Orders the entries by id, in place, and drops repetitions of an id in the same place. Ids are hashes, so their
     * leading bits spread them evenly over buckets of a few entries. They are divided roughly first: the fine division
     * of each part then happens within the processor's cache.
     */
    void sort() {
        int bits = Buckets.bits(size);
        int rough = Math.min(bits, ROUGH_BITS);
        int[] parts = divide(0, size, 0, rough);
        for (int part = 0; part + 1 < parts.length; part++) {
            divide(parts[part], parts[part + 1], rough, bits - rough);
        }
        for (int entry = 1; entry < size; entry++) {
            for (int at = entry; at > 0 && compare(at - 1, at) > 0; at--) {
                swap(at - 1, at);
            }
        }
        dropRepetitions();
    }

    /**
     * Brings the entries of a range together by some bits of their ids.
     *
     * @param skip leading bits that are the same in all of them
     * @param bits how many bits after these count
     * @return where each bucket begins, and the end of the last
     */
    private int[] divide(int from, int to, int skip, int bits) {
        int mask = (1 << bits) - 1;
        int shift = Long.SIZE - skip - bits;
        int[] starts = new int[mask + 2];
        for (int entry = from; entry < to; entry++) {
            starts[((int) (ids[4 * entry] >>> shift) & mask) + 1]++;
        }
        starts[0] = from;
        for (int bucket = 0; bucket <= mask; bucket++) {
            starts[bucket + 1] += starts[bucket];
        }
        int[] next = Arrays.copyOf(starts, mask + 1);
        for (int bucket = 0; bucket <= mask; bucket++) {
            while (next[bucket] < starts[bucket + 1]) {
                int home = (int) (ids[4 * next[bucket]] >>> shift) & mask;
                if (home == bucket) {
                    next[bucket]++;
                } else {
                    swap(next[bucket], next[home]++);
                }
            }
        }
        return starts;
    }

    private void dropRepetitions() {
        int kept = 0;
        for (int entry = 0; entry < size; entry++) {
            if (kept > 0 && compare(kept - 1, entry) == 0) {
                continue;
            }
            if (kept != entry) {
                System.arraycopy(ids, 4 * entry, ids, 4 * kept, 4);
                System.arraycopy(places, 4 * entry, places, 4 * kept, 4);
            }
            kept++;
        }
        size = kept;
    }

    /** Compares two entries by id, then pack and offset. */
    private int compare(int one, int other) {
        for (int i = 0; i < 4; i++) {
            int order = Long.compareUnsigned(ids[4 * one + i], ids[4 * other + i]);
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(places[4 * one], places[4 * other]);
        return order != 0 ? order : Integer.compare(places[4 * one + 1], places[4 * other + 1]);
    }

    private void swap(int one, int other) {
        for (int i = 0; i < 4; i++) {
            long id = ids[4 * one + i];
            ids[4 * one + i] = ids[4 * other + i];
            ids[4 * other + i] = id;
            int place = places[4 * one + i];
            places[4 * one + i] = places[4 * other + i];
            places[4 * other + i] = place;
        }
    }

    private void grow(int wanted) {
        int capacity = ids.length / 4;
        if (wanted > capacity) {
            int larger = Math.max(wanted, Math.max(64, capacity + capacity / 2));
            ids = Arrays.copyOf(ids, 4 * larger);
            places = Arrays.copyOf(places, 4 * larger);
        }
    }

    /** Bytes of its arrays. */
    long footprint() {
        return 8L * ids.length + 4L * places.length;
    }
}
