package dev.pgkeep.repository.pack;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import dev.pgkeep.repository.pack.Compaction.Moved;
import dev.pgkeep.repository.storage.Storage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes back what no backup needs. The caller holds the exclusive lock of the store from before {@link #prepare} to
 * after {@link #execute}: no writer and no other sweep is at work, neither is anybody reading.
 *
 * <p>The order makes a crash harmless anywhere: needed chunks move into new packs, which are read back; a new index is
 * written and read back; then the old index files go, and last the packs. Until then everything has its old place.
 */
public final class Sweep {
    private final Storage storage;
    private final StoreInventory inventory;

    private Sweep(Storage storage, StoreInventory inventory) {
        this.storage = storage;
        this.inventory = inventory;
    }

    /** Looks at what is there: the index, the list of packs, and trailers of packs that no index names. */
    public static Sweep prepare(Storage storage) {
        return new Sweep(storage, StoreInventory.read(storage));
    }

    /** @param live every chunk that any backup needs; all others are garbage */
    public SweepPlan plan(ChunkIdSet live) {
        return SweepPlanning.plan(inventory, live);
    }

    /**
     * Does what a plan of this sweep says, once.
     *
     * @param live the same as for the plan
     * @param cancellation asked between packs until the first old file goes
     */
    public Outcome execute(SweepPlan plan, ChunkIdSet live, Cancellation cancellation) {
        var moved = new Compaction(storage, inventory, plan, live).run(cancellation);
        var gone = new TreeSet<>(plan.delete());
        gone.addAll(plan.compact());
        gone.removeAll(moved.spared());
        // A new pack may be one that an earlier sweep made before it crashed.
        gone.removeAll(moved.names());
        if (plan.rewriteIndex()) {
            replaceIndex(plan, gone, moved);
        }
        long freed = inventory.bytes(gone);
        gone.forEach(name -> storage.delete(PackFormat.path(name)));
        SuspectPacks.of(storage).stream()
                .filter(name -> !inventory.packs().containsKey(name) || gone.contains(name))
                .forEach(name -> SuspectPacks.remove(storage, name));
        for (String folder : List.of(PackFormat.FOLDER, IndexFiles.FOLDER, SuspectPacks.FOLDER)) {
            freed += storage.removeUnfinished(folder);
        }
        long written = moved.packs().stream().mapToLong(PackName::length).sum();
        return new Outcome(gone.size(), moved.packs().size(), freed - written, moved.spared());
    }

    private void replaceIndex(SweepPlan plan, Set<String> gone, Moved moved) {
        var index = newIndex(plan, gone, moved);
        IndexFiles.replace(storage, index, inventory.indexFiles());
    }

    /**
     * The index after the sweep: all entries of packs that stay, garbage too, as it may be needed again before it is
     * swept.
     */
    private ChunkIndex newIndex(SweepPlan plan, Set<String> gone, Moved moved) {
        return new IndexBuilder(inventory.index().size() + moved.entries().size())
                .add(inventory.index(), pack -> inventory.isThere(pack) && !gone.contains(pack.name()))
                .add(inventory.stray().index(), pack -> plan.adopt().contains(pack.name()))
                .add(moved.entries(), moved.packs())
                .build();
    }

    /**
     * @param packsRemoved packs that are gone
     * @param packsWritten packs that needed chunks were moved to
     * @param bytesFreed bytes that are free now
     * @param spared packs that were to be compacted but stay: a needed chunk in them is intact nowhere, or the disk was
     *     full
     */
    public record Outcome(int packsRemoved, int packsWritten, long bytesFreed, Set<String> spared) {
        public Outcome {
            spared = Set.copyOf(spared);
        }
    }
}
