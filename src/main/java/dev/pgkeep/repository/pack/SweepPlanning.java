package dev.pgkeep.repository.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Decides from an inventory and the chunks that backups need what becomes of each pack. Touches nothing. */
final class SweepPlanning {
    /** Packs below that size are merged when there are more than so many of them. */
    static final int SMALL = 1 << 20;

    static final int MANY_SMALL = 32;
    static final int MANY_INDEX_FILES = 16;
    private static final int SAMPLE = 100;

    private final StoreInventory inventory;
    private final ChunkIdSet live;
    private final ChunkIndex index;
    /** The bytes of each pack that count as needed, one place for each chunk. */
    private final long[] needed;
    /** The packs that hold any place of a needed chunk. */
    private final boolean[] holdsLive;

    private final Set<String> delete = new TreeSet<>();
    private final Set<String> compact = new TreeSet<>();
    private final Set<String> adopt = new TreeSet<>();
    private final Set<String> suspect = new TreeSet<>();
    private final List<ChunkId> missingSample = new ArrayList<>();
    private long missing;

    private SweepPlanning(StoreInventory inventory, ChunkIdSet live) {
        this.inventory = inventory;
        this.live = live;
        this.index = inventory.index();
        this.needed = new long[index.packs().size()];
        this.holdsLive = new boolean[index.packs().size()];
    }

    static SweepPlan plan(StoreInventory inventory, ChunkIdSet live) {
        return new SweepPlanning(inventory, live).plan();
    }

    private SweepPlan plan() {
        int found = mark();
        if (found < live.size()) {
            adoptWhatIsMissing();
        }
        judgeIndexedPacks();
        judgeOtherPacks();
        mergeSmallPacks();
        long win = inventory.bytes(delete) + inventory.bytes(compact) - neededOf(compact);
        long now =
                inventory.packs().values().stream().mapToLong(Long::longValue).sum();
        return new SweepPlan(delete, compact, adopt, suspect, win, now, rewritesIndex(), missing, missingSample);
    }

    /** @return how many needed chunks have a place in a pack that is there */
    private int mark() {
        int found = 0;
        var entries = index.entries();
        for (int entry = 0; entry < entries.size(); entry++) {
            boolean isFirst = entry == 0 || !entries.sameId(entry - 1, entry);
            if (!isFirst || !live.contains(entries, entry)) {
                continue;
            }
            int keeper = -1;
            for (int each = entry; each >= 0; each = index.next(each)) {
                holdsLive[entries.pack(each)] = true;
                if (inventory.isFull(index.pack(each)) && keeper < 0) {
                    keeper = each;
                }
            }
            if (keeper >= 0) {
                needed[entries.pack(keeper)] += PackFormat.HEAD + entries.stored(keeper) + PackFormat.ENTRY;
                found++;
            }
        }
        return found;
    }

    private void adoptWhatIsMissing() {
        var stray = inventory.stray().index();
        live.forEach(id -> {
            if (isPlaced(index, id)) {
                return;
            }
            int entry = stray.find(id);
            if (entry < 0) {
                missing++;
                if (missingSample.size() < SAMPLE) {
                    missingSample.add(id);
                }
            }
            for (; entry >= 0; entry = stray.next(entry)) {
                adopt.add(stray.pack(entry).name());
            }
        });
    }

    private boolean isPlaced(ChunkIndex where, ChunkId id) {
        for (int entry = where.find(id); entry >= 0; entry = where.next(entry)) {
            if (inventory.isFull(where.pack(entry))) {
                return true;
            }
        }
        return false;
    }

    private void judgeIndexedPacks() {
        for (int pack = 0; pack < needed.length; pack++) {
            var name = index.packs().get(pack);
            if (!inventory.isThere(name)) {
                continue;
            }
            if (!holdsLive[pack]) {
                delete.add(name.name());
            } else if (inventory.isFull(name) && 2 * needed[pack] < name.length()) {
                compact.add(name.name());
            }
        }
    }

    private void judgeOtherPacks() {
        for (var pack : inventory.stray().index().packs()) {
            if (!adopt.contains(pack.name())) {
                delete.add(pack.name());
            }
        }
        // One of these may be what holds the missing chunks; a rebuild of the index can tell.
        (missing > 0 ? suspect : delete).addAll(inventory.unreadable());
    }

    private void mergeSmallPacks() {
        var small = new ArrayList<String>();
        for (int pack = 0; pack < needed.length; pack++) {
            var name = index.packs().get(pack);
            if (name.length() < SMALL && holdsLive[pack] && inventory.isFull(name)) {
                small.add(name.name());
            }
        }
        if (small.size() > MANY_SMALL) {
            compact.addAll(small);
        }
    }

    private long neededOf(Set<String> names) {
        long bytes = 0;
        for (int pack = 0; pack < needed.length; pack++) {
            bytes += names.contains(index.packs().get(pack).name()) ? needed[pack] : 0;
        }
        return bytes;
    }

    private boolean rewritesIndex() {
        return !compact.isEmpty()
                || !adopt.isEmpty()
                || !inventory.loaded().damaged().isEmpty()
                || inventory.loaded().files().size() > MANY_INDEX_FILES
                || index.packs().stream().anyMatch(pack -> delete.contains(pack.name()) || !inventory.isThere(pack));
    }
}
