package dev.pgkeep.repository.pack;

import dev.pgkeep.base.files.Sha256;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Crew;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.pack.CheckReport.Finding;
import dev.pgkeep.repository.pack.CheckReport.Kind;
import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import dev.pgkeep.repository.storage.Storage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks whether a store can give back what its index names. Reads only, takes no lock: the caller holds the shared one.
 * Each thread holds one pack (16 MB) and one chunk at a time.
 */
public final class StoreCheck {
    private final Depth depth;
    private final StoreInventory inventory;
    private final ChunkIndex index;
    private final EntriesByPack byPack;
    private final PackReader reader;
    private final BitSet intact = new BitSet();
    private final List<Finding> findings = new ArrayList<>();

    private StoreCheck(Storage storage, Depth depth) {
        this.depth = depth;
        this.inventory = StoreInventory.read(storage);
        this.index = withStrays(inventory);
        this.byPack = new EntriesByPack(index);
        this.reader = new PackReader(storage);
    }

    /** Reading a chunk looks into packs that no index names, so this does too. */
    private static ChunkIndex withStrays(StoreInventory inventory) {
        var stray = inventory.stray().index();
        return stray.size() == 0
                ? inventory.index()
                : new IndexBuilder(inventory.index().size() + stray.size())
                        .add(inventory.index(), pack -> true)
                        .add(stray, pack -> true)
                        .build();
    }

    /** @param threads how many packs are read at once */
    public static CheckReport run(
            Storage storage, Depth depth, int threads, Progress progress, Cancellation cancellation) {
        return new StoreCheck(storage, depth).run(threads, progress, cancellation);
    }

    private CheckReport run(int threads, Progress progress, Cancellation cancellation) {
        inventory.loaded().damaged().forEach(name -> find(Kind.INDEX_DAMAGED, IndexFiles.path(name), 0));
        inventory.stray().index().packs().forEach(pack -> find(Kind.PACK_UNLISTED, PackFormat.path(pack.name()), 0));
        inventory.unreadable().forEach(name -> find(Kind.PACK_UNKNOWN, PackFormat.path(name), 0));
        long total =
                inventory.packs().values().stream().mapToLong(Long::longValue).sum();
        var done = new AtomicLong();
        var next = new AtomicInteger();
        int count = index.packs().size();
        Crew.run(Math.min(count, threads), "pgkeep-check", cancellation, stop -> {
            for (int pack = next.getAndIncrement(); pack < count; pack = next.getAndIncrement()) {
                stop.check();
                check(pack);
                long bytes = done.addAndGet(index.packs().get(pack).length());
                progress.advance(new Progress.Amount(bytes, total, bytes, null));
            }
        });
        return new CheckReport(findings, index, intact);
    }

    private void check(int pack) {
        var name = index.packs().get(pack);
        Long bytes = inventory.packs().get(name.name());
        if (bytes == null) {
            find(Kind.PACK_MISSING, PackFormat.path(name.name()), byPack.count(pack));
        } else if (depth == Depth.FULL || bytes != name.length() || !agrees(pack, name)) {
            read(pack, name, bytes);
        } else {
            markIntact(byPack.of(pack).toArray());
        }
    }

    /** Whether trailer and index tell the same. */
    private boolean agrees(int pack, PackName name) {
        return reader.trailer(name.name(), name.length())
                .filter(entries -> entries.size() == byPack.count(pack))
                .filter(entries -> entries.stream().allMatch(each -> isListed(pack, each)))
                .isPresent();
    }

    private boolean isListed(int pack, PackFormat.Entry wanted) {
        var all = index.entries();
        for (int entry = index.find(wanted.id()); entry >= 0; entry = index.next(entry)) {
            if (all.pack(entry) == pack
                    && all.offset(entry) == wanted.offset()
                    && all.stored(entry) == wanted.stored()
                    && all.length(entry) == wanted.length()) {
                return true;
            }
        }
        return false;
    }

    private void read(int pack, PackName name, long there) {
        byte[] bytes = reader.all(name.name(), Math.max(there, name.length()));
        var all = index.entries();
        int[] good = byPack.of(pack)
                .filter(e -> StoredChunk.decode(all.id(e), bytes, all.offset(e), all.stored(e), all.length(e))
                        .isPresent())
                .toArray();
        markIntact(good);
        int bad = byPack.count(pack) - good.length;
        if (bytes.length < name.length()) {
            find(Kind.PACK_CUT, PackFormat.path(name.name()), bad);
        } else if (!Sha256.hex(bytes).equals(name.name())) {
            find(Kind.PACK_DAMAGED, PackFormat.path(name.name()), bad);
        } else if (bad > 0 || !agrees(pack, name)) {
            find(Kind.INDEX_DISAGREES, PackFormat.path(name.name()), bad);
        }
    }

    private synchronized void markIntact(int[] entries) {
        for (int entry : entries) {
            intact.set(entry);
        }
    }

    private synchronized void find(Kind kind, String path, int chunks) {
        findings.add(new Finding(kind, path, chunks));
    }

    /** The depth to which packs are looked into. */
    public enum Depth {
        /** Lengths, and trailers against the index; packs in which something is wrong are read. */
        QUICK,
        /** Every pack is read, and every chunk unpacked and compared with its id. */
        FULL
    }
}
