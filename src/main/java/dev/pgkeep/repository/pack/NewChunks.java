package dev.pgkeep.repository.pack;

import dev.pgkeep.base.progress.Cancellation;
import java.util.Arrays;

/**
 * The chunks that a writer added so far: a hash table over primitive arrays. The first thread that comes with a chunk
 * claims it; others that come with the same one wait until it is in a pack.
 */
final class NewChunks {
    /** The answer to who is to store the chunk. */
    static final int CLAIMED = -1;

    private static final int IN_FLIGHT = -1;

    private final EntryTable entries = new EntryTable(64);
    private int[] slots = new int[256];
    private boolean failed;
    private long length;
    private long stored;

    /** {@link #CLAIMED} when the caller is to store it, else the stored bytes of the chunk that is there. */
    synchronized int claim(ChunkId id) {
        int slot = slot(id);
        if (slots[slot] == 0) {
            slots[slot] = 1 + entries.add(id, IN_FLIGHT, 0, 0, 0);
            if (2 * entries.size() > slots.length) {
                rehash();
            }
            return CLAIMED;
        }
        int entry = slots[slot] - 1;
        while (entries.pack(entry) == IN_FLIGHT) {
            if (failed) {
                throw new IllegalStateException("another thread failed to store the same chunk");
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Cancellation.interrupted();
            }
        }
        return entries.stored(entry);
    }

    /** The chunk that was claimed is in a pack. */
    synchronized void placed(ChunkId id, int pack, int offset, int storedLength, int chunkLength) {
        entries.place(slots[slot(id)] - 1, pack, offset, storedLength, chunkLength);
        stored += storedLength;
        length += chunkLength;
        notifyAll();
    }

    /** A claimed chunk could not be stored: nobody may wait for it, nor finish without it. */
    synchronized void fail() {
        failed = true;
        notifyAll();
    }

    synchronized boolean hasFailed() {
        return failed;
    }

    synchronized ChunkWriter.Totals totals() {
        return new ChunkWriter.Totals(entries.size(), length, stored);
    }

    /** The chunks as entries for the index. Nothing may be claimed any more. */
    synchronized EntryTable entries() {
        return entries;
    }

    private int slot(ChunkId id) {
        int mask = slots.length - 1;
        int slot = (int) id.d() & mask;
        while (slots[slot] != 0 && !entries.isAt(slots[slot] - 1, id)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void rehash() {
        int[] larger = new int[2 * slots.length];
        int mask = larger.length - 1;
        for (int entry = 0; entry < entries.size(); entry++) {
            int slot = (int) entries.ids()[4 * entry + 3] & mask;
            while (larger[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            larger[slot] = entry + 1;
        }
        Arrays.fill(slots, 0);
        slots = larger;
    }
}
