package dev.pgkeep.repository.pack;

import dev.pgkeep.repository.storage.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows which chunks need not be stored again: those whose pack is there in its full length and was never found
 * damaged. What an index names in any other pack is stored anew, so the next backup heals it.
 */
final class KnownChunks {
    private final List<ChunkIndex> indexes;
    private final List<boolean[]> present;

    KnownChunks(Storage storage, List<ChunkIndex> indexes) {
        Map<String, Long> packs = new HashMap<>();
        storage.list(PackFormat.FOLDER).forEach(pack -> packs.put(pack.path(), pack.bytes()));
        SuspectPacks.of(storage).forEach(name -> packs.remove(PackFormat.path(name)));
        this.indexes = indexes;
        this.present = indexes.stream().map(index -> present(index, packs)).toList();
    }

    private static boolean[] present(ChunkIndex index, Map<String, Long> packs) {
        boolean[] present = new boolean[index.packs().size()];
        for (int pack = 0; pack < present.length; pack++) {
            var name = index.packs().get(pack);
            Long bytes = packs.get(PackFormat.path(name.name()));
            present[pack] = bytes != null && bytes == name.length();
        }
        return present;
    }

    /** Stored bytes of a chunk that is there; -1 for any other. */
    int stored(ChunkId id) {
        for (int i = 0; i < indexes.size(); i++) {
            ChunkIndex index = indexes.get(i);
            for (int entry = index.find(id); entry >= 0; entry = index.next(entry)) {
                if (present.get(i)[index.entries().pack(entry)]) {
                    return index.entries().stored(entry);
                }
            }
        }
        return -1;
    }
}
