package dev.pgkeep.repository.pack;

import dev.pgkeep.repository.storage.Storage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The things in a store, as far as sweeping needs to know.
 *
 * @param loaded the index
 * @param stray packs that no index names, as an index: garbage of crashed writers, or victims of a lost index file
 * @param packs every pack there is, with its bytes
 */
record StoreInventory(LoadedIndex loaded, LoadedIndex stray, Map<String, Long> packs) {

    static StoreInventory read(Storage storage) {
        var packs = new TreeMap<String, Long>();
        for (var object : storage.list(PackFormat.FOLDER)) {
            PackFormat.name(object.path()).ifPresent(name -> packs.put(name, object.bytes()));
        }
        var loaded = LoadedIndex.read(storage);
        var stray = loaded.damaged().isEmpty()
                ? LoadedIndex.unnamed(storage, List.of(loaded.index()))
                : new LoadedIndex(new ChunkIndex(new EntryTable(0), List.of()), List.of(), List.of(), List.of());
        return new StoreInventory(loaded, stray, packs);
    }

    ChunkIndex index() {
        return loaded.index();
    }

    /** Whether a pack of the index is there at all. */
    boolean isThere(ChunkIndex.PackName pack) {
        return packs.containsKey(pack.name());
    }

    /** Whether a pack is there in its full length. */
    boolean isFull(ChunkIndex.PackName pack) {
        Long bytes = packs.get(pack.name());
        return bytes != null && bytes == pack.length();
    }

    long bytes(Set<String> names) {
        return names.stream().mapToLong(name -> packs.getOrDefault(name, 0L)).sum();
    }

    /** Packs that do not tell what they hold. */
    Set<String> unreadable() {
        var all = new TreeSet<>(loaded.unreadable());
        all.addAll(stray.unreadable());
        return all;
    }

    /** Names of all index files, damaged ones too. */
    Set<String> indexFiles() {
        var all = new HashSet<>(loaded.files());
        all.addAll(loaded.damaged());
        return all;
    }
}
