package dev.pgkeep.repository.pack;

import java.util.List;

/**
 * The places of all chunks, in memory: at most 52 bytes for each. A chunk may have several places; their entries stand
 * side by side. Never changed once made, so many threads may ask.
 */
final class ChunkIndex {
    private final EntryTable entries;
    private final List<PackName> packs;
    private final int bits;
    private final int[] starts;

    /** @param entries sorted here; their packs are positions in the list */
    ChunkIndex(EntryTable entries, List<PackName> packs) {
        entries.sort();
        this.entries = entries;
        this.packs = List.copyOf(packs);
        this.bits = Buckets.bits(entries.size());
        this.starts = Buckets.starts(entries.ids(), entries.size(), bits);
    }

    int size() {
        return entries.size();
    }

    EntryTable entries() {
        return entries;
    }

    List<PackName> packs() {
        return packs;
    }

    /** The first entry of a chunk, or -1. */
    int find(ChunkId id) {
        int bucket = Buckets.of(id.a(), bits);
        for (int entry = starts[bucket]; entry < starts[bucket + 1]; entry++) {
            if (entries.isAt(entry, id)) {
                return entry;
            }
        }
        return -1;
    }

    /** The next place of the same chunk, or -1. */
    int next(int entry) {
        return entry + 1 < entries.size() && entries.sameId(entry, entry + 1) ? entry + 1 : -1;
    }

    PackName pack(int entry) {
        return packs.get(entries.pack(entry));
    }

    ChunkStore.Place place(int entry) {
        return new ChunkStore.Place(
                pack(entry).name(), entries.offset(entry), entries.stored(entry), entries.length(entry));
    }

    /** Bytes of its arrays. */
    long footprint() {
        return entries.footprint() + 4L * starts.length;
    }

    /** A pack and its length; the name is the SHA-256 of its bytes in hexadecimal digits. */
    record PackName(String name, int length) {}
}
