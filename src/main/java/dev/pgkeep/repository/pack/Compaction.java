package dev.pgkeep.repository.pack;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import dev.pgkeep.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Moves needed chunks out of packs that are to go, as they are stored. Each is checked before it counts as moved; a
 * pack with a needed chunk that is intact nowhere is spared.
 */
final class Compaction {
    private final Storage storage;
    private final StoreInventory inventory;
    private final ChunkIndex index;
    private final SweepPlan plan;
    private final ChunkIdSet live;
    private final PackReader reader;
    private final BitSet moved = new BitSet();
    private final Set<String> spared = new TreeSet<>();
    private final EntryTable entries = new EntryTable(64);

    Compaction(Storage storage, StoreInventory inventory, SweepPlan plan, ChunkIdSet live) {
        this.storage = storage;
        this.inventory = inventory;
        this.index = inventory.index();
        this.plan = plan;
        this.live = live;
        this.reader = new PackReader(storage);
    }

    Moved run(Cancellation cancellation) {
        var byPack = new EntriesByPack(index);
        try (var line = new PackQueue(storage)) {
            for (int pack = 0; pack < index.packs().size(); pack++) {
                var name = index.packs().get(pack);
                if (plan.compact().contains(name.name())) {
                    cancellation.check();
                    empty(name, byPack.of(pack).toArray(), line);
                }
            }
            var packs = line.finish();
            var objects = new PackObjects(storage);
            packs.forEach(objects::readBack);
            return new Moved(entries, packs, spared);
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.DISK_FULL) {
                throw e;
            }
            // No room to move anything; what can be deleted as it is makes room for the next sweep.
            removeNew();
            return new Moved(new EntryTable(0), List.of(), plan.compact());
        }
    }

    private void removeNew() {
        for (var object : storage.list(PackFormat.FOLDER)) {
            PackFormat.name(object.path())
                    .filter(name -> !inventory.packs().containsKey(name))
                    .ifPresent(name -> storage.delete(object.path()));
        }
    }

    private void empty(PackName pack, int[] held, PackQueue line) {
        byte[] bytes = reader.all(pack.name(), pack.length());
        var all = index.entries();
        for (int entry : held) {
            int first = first(entry);
            if (!live.contains(all, entry) || moved.get(first) || survives(first)) {
                continue;
            }
            var source = isIntact(entry, bytes, all.offset(entry))
                    ? Optional.of(new Source(entry, bytes, all.offset(entry)))
                    : elsewhere(first);
            if (source.isPresent()) {
                move(source.get(), line);
                moved.set(first);
            } else {
                spared.add(pack.name());
            }
        }
    }

    private void move(Source source, PackQueue line) {
        var all = index.entries();
        var id = all.id(source.entry);
        int stored = all.stored(source.entry);
        int length = all.length(source.entry);
        var spot = line.append(0, id, ByteBuffer.wrap(source.bytes, source.offset, stored), length);
        entries.add(id, spot.pack(), spot.offset(), stored, length);
    }

    /** Whether the chunk has an intact place in a pack that stays. */
    private boolean survives(int first) {
        for (int entry = first; entry >= 0; entry = index.next(entry)) {
            String name = index.pack(entry).name();
            if (!plan.compact().contains(name) && !plan.delete().contains(name)) {
                byte[] bytes = stored(entry);
                if (isIntact(entry, bytes, 0)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<Source> elsewhere(int first) {
        for (int entry = first; entry >= 0; entry = index.next(entry)) {
            byte[] bytes = stored(entry);
            if (isIntact(entry, bytes, 0)) {
                return Optional.of(new Source(entry, bytes, 0));
            }
        }
        return Optional.empty();
    }

    private byte[] stored(int entry) {
        var all = index.entries();
        return reader.range(index.pack(entry).name(), all.offset(entry), all.stored(entry));
    }

    private boolean isIntact(int entry, byte[] bytes, int offset) {
        var all = index.entries();
        return StoredChunk.decode(all.id(entry), bytes, offset, all.stored(entry), all.length(entry))
                .isPresent();
    }

    private int first(int entry) {
        int first = entry;
        while (first > 0 && index.entries().sameId(first - 1, first)) {
            first--;
        }
        return first;
    }

    /** New packs and what is in them by number, and packs that must stay after all. */
    record Moved(EntryTable entries, List<PackName> packs, Set<String> spared) {
        List<String> names() {
            return packs.stream().map(PackName::name).toList();
        }
    }

    /** The bytes in which a chunk is stored, and where they begin. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Source(int entry, byte[] bytes, int offset) {}
}
