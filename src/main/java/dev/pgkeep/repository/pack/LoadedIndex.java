package dev.pgkeep.repository.pack;

import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import dev.pgkeep.repository.storage.Storage;
import dev.pgkeep.repository.storage.Storage.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The index files of a store as one index. Where one is damaged, the packs that no intact one names are asked
 * themselves; nothing is written.
 *
 * @param index what is known
 * @param files names of the intact index files
 * @param damaged names of the others
 * @param unreadable packs that should have replaced a damaged file, but do not tell what they hold
 */
record LoadedIndex(ChunkIndex index, List<String> files, List<String> damaged, List<String> unreadable) {

    static LoadedIndex read(Storage storage) {
        var listed = storage.list(IndexFiles.FOLDER);
        long bytes = listed.stream().mapToLong(Stored::bytes).sum();
        var collected = new Collected((int) Math.min(bytes / 48, 1 << 28));
        var files = new ArrayList<String>();
        var damaged = new ArrayList<String>();
        for (var file : listed) {
            IndexFiles.name(file.path()).ifPresent(name -> {
                var contents = IndexFiles.read(storage, name, file.bytes());
                contents.ifPresent(collected::add);
                (contents.isPresent() ? files : damaged).add(name);
            });
        }
        List<String> unreadable = damaged.isEmpty() ? List.of() : collected.addUnnamed(storage);
        return new LoadedIndex(collected.index(), files, damaged, unreadable);
    }

    /** Packs that no intact index file names, as an index of their own. */
    static LoadedIndex unnamed(Storage storage, List<ChunkIndex> known) {
        var collected = new Collected(0);
        known.forEach(each -> each.packs().forEach(collected::skip));
        List<String> unreadable = collected.addUnnamed(storage);
        return new LoadedIndex(collected.index(), List.of(), List.of(), unreadable);
    }

    /**
     * The chunks in packs that no index names, with what is intact in those that do not tell what they hold; those are
     * read whole.
     */
    static ChunkIndex walked(Storage storage, List<ChunkIndex> known) {
        var collected = new Collected(0);
        known.forEach(each -> each.packs().forEach(collected::skip));
        collected.walk(storage, collected.addUnnamed(storage));
        return collected.index();
    }

    /** Puts entries of several sources together; packs keep one number each. */
    private static final class Collected {
        private final EntryTable entries;
        private final List<PackName> packs = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();

        Collected(int capacity) {
            entries = new EntryTable(capacity);
        }

        void skip(PackName pack) {
            numbers.put(pack.name(), -1);
        }

        void add(IndexFiles.Contents file) {
            file.addTo(entries, file.packs().stream().mapToInt(this::number).toArray());
        }

        /** @return names of packs that do not tell what they hold */
        List<String> addUnnamed(Storage storage) {
            var reader = new PackReader(storage);
            var unreadable = new ArrayList<String>();
            for (var object : storage.list(PackFormat.FOLDER)) {
                var name = PackFormat.name(object.path()).filter(each -> !numbers.containsKey(each));
                if (name.isEmpty()) {
                    continue;
                }
                var trailer = reader.trailer(name.get(), object.bytes());
                if (trailer.isEmpty()) {
                    unreadable.add(name.get());
                } else {
                    add(new PackName(name.get(), Math.toIntExact(object.bytes())), trailer.get());
                }
            }
            return unreadable;
        }

        void walk(Storage storage, List<String> unreadable) {
            var reader = new PackReader(storage);
            for (var object : storage.list(PackFormat.FOLDER)) {
                PackFormat.name(object.path())
                        .filter(unreadable::contains)
                        .ifPresent(name -> add(
                                new PackName(name, Math.toIntExact(object.bytes())),
                                reader.contents(name, object.bytes(), false).entries()));
            }
        }

        private void add(PackName pack, List<PackFormat.Entry> found) {
            int number = number(pack);
            found.forEach(e -> entries.add(e.id(), number, e.offset(), e.stored(), e.length()));
        }

        ChunkIndex index() {
            return new ChunkIndex(entries, packs);
        }

        private int number(PackName pack) {
            return numbers.computeIfAbsent(pack.name(), name -> {
                packs.add(pack);
                return packs.size() - 1;
            });
        }
    }
}
