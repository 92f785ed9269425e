package dev.pgkeep.repository.pack;

import java.util.stream.IntStream;

/** The entries of an index, pack by pack: 4 bytes for each. */
final class EntriesByPack {
    private final int[] starts;
    private final int[] order;

    EntriesByPack(ChunkIndex index) {
        var entries = index.entries();
        starts = new int[index.packs().size() + 1];
        for (int entry = 0; entry < entries.size(); entry++) {
            starts[entries.pack(entry) + 1]++;
        }
        for (int pack = 1; pack < starts.length; pack++) {
            starts[pack] += starts[pack - 1];
        }
        int[] next = starts.clone();
        order = new int[entries.size()];
        for (int entry = 0; entry < entries.size(); entry++) {
            order[next[entries.pack(entry)]++] = entry;
        }
    }

    int count(int pack) {
        return starts[pack + 1] - starts[pack];
    }

    IntStream of(int pack) {
        return IntStream.range(starts[pack], starts[pack + 1]).map(i -> order[i]);
    }
}
