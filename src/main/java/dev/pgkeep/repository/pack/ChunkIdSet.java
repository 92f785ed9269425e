package dev.pgkeep.repository.pack;

import java.util.function.Consumer;

/**
 * Chunk ids, 46 to 92 bytes each in memory (half as much again while it grows), for sets of millions: the chunks that
 * backups need. Not for several threads while it is being filled.
 */
public final class ChunkIdSet {
    /** Four numbers for each slot; an empty slot is all zeros, which is no hash that anybody will meet. */
    private long[] slots = new long[4 * 1024];

    private int size;

    /** @return whether it was not there yet */
    public boolean add(ChunkId id) {
        int slot = slot(slots, id.a(), id.b(), id.c(), id.d());
        if (!isEmpty(slots, slot)) {
            return false;
        }
        put(slots, slot, id.a(), id.b(), id.c(), id.d());
        size++;
        if (size > slots.length / 4 * 7 / 10) {
            grow();
        }
        return true;
    }

    public boolean contains(ChunkId id) {
        return !isEmpty(slots, slot(slots, id.a(), id.b(), id.c(), id.d()));
    }

    public int size() {
        return size;
    }

    /** Whether the id of that entry is in the set, without an object. */
    boolean contains(EntryTable entries, int entry) {
        long[] ids = entries.ids();
        int at = 4 * entry;
        return !isEmpty(slots, slot(slots, ids[at], ids[at + 1], ids[at + 2], ids[at + 3]));
    }

    /** Gives every id to a consumer, in no order. */
    public void forEach(Consumer<ChunkId> consumer) {
        for (int slot = 0; slot < slots.length; slot += 4) {
            if (!isEmpty(slots, slot)) {
                consumer.accept(new ChunkId(slots[slot], slots[slot + 1], slots[slot + 2], slots[slot + 3]));
            }
        }
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(2, slots.length)];
        for (int at = 0; at < slots.length; at += 4) {
            if (!isEmpty(slots, at)) {
                int slot = slot(larger, slots[at], slots[at + 1], slots[at + 2], slots[at + 3]);
                put(larger, slot, slots[at], slots[at + 1], slots[at + 2], slots[at + 3]);
            }
        }
        slots = larger;
    }

    /** The slot where the id stands, or the empty one that it would get. */
    private static int slot(long[] slots, long a, long b, long c, long d) {
        int mask = slots.length - 1;
        int slot = (int) d << 2 & mask;
        while (!isEmpty(slots, slot)
                && (slots[slot] != a || slots[slot + 1] != b || slots[slot + 2] != c || slots[slot + 3] != d)) {
            slot = slot + 4 & mask;
        }
        return slot;
    }

    private static void put(long[] slots, int slot, long a, long b, long c, long d) {
        slots[slot] = a;
        slots[slot + 1] = b;
        slots[slot + 2] = c;
        slots[slot + 3] = d;
    }

    private static boolean isEmpty(long[] slots, int slot) {
        return (slots[slot] | slots[slot + 1] | slots[slot + 2] | slots[slot + 3]) == 0;
    }
}
