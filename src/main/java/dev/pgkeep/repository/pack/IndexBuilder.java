package dev.pgkeep.repository.pack;

import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Puts an index together from parts of others. */
final class IndexBuilder {
    private static final int LEFT_OUT = -1;

    private final EntryTable entries;
    private final List<PackName> packs = new ArrayList<>();

    IndexBuilder(int capacity) {
        entries = new EntryTable(capacity);
    }

    /** Adds the entries of chosen packs. */
    IndexBuilder add(ChunkIndex index, Predicate<PackName> chosen) {
        int[] numbers = new int[index.packs().size()];
        for (int pack = 0; pack < numbers.length; pack++) {
            var name = index.packs().get(pack);
            numbers[pack] = chosen.test(name) ? add(name) : LEFT_OUT;
        }
        for (int entry = 0; entry < index.size(); entry++) {
            int number = numbers[index.entries().pack(entry)];
            if (number != LEFT_OUT) {
                entries.add(index.entries(), entry, number);
            }
        }
        return this;
    }

    /** Adds entries whose packs are positions in a list. */
    IndexBuilder add(EntryTable more, List<PackName> names) {
        int first = packs.size();
        packs.addAll(names);
        for (int entry = 0; entry < more.size(); entry++) {
            entries.add(more, entry, first + more.pack(entry));
        }
        return this;
    }

    ChunkIndex build() {
        return new ChunkIndex(entries, packs);
    }

    private int add(PackName name) {
        packs.add(name);
        return packs.size() - 1;
    }
}
