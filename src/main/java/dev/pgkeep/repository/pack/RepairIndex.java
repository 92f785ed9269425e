package dev.pgkeep.repository.pack;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import dev.pgkeep.repository.storage.Storage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the index again from the packs alone, and puts it in the place of all index files. The caller holds the
 * exclusive lock of the store.
 *
 * <p>With {@link Depth#CHUNKS} every chunk is read, and only intact ones are listed. What is left out counts as new for
 * the next backup, which stores it again where the database still has it: so damage heals.
 */
public final class RepairIndex {
    private final Storage storage;
    private final Depth depth;
    private final PackReader reader;
    private final EntryTable entries = new EntryTable(1024);
    private final List<PackName> packs = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();

    private RepairIndex(Storage storage, Depth depth) {
        this.storage = storage;
        this.depth = depth;
        this.reader = new PackReader(storage);
    }

    /** @throws PgkeepException REPOSITORY_INVALID when a newer pgkeep wrote a pack or an index */
    public static Outcome run(Storage storage, Depth depth, Cancellation cancellation) {
        return new RepairIndex(storage, depth).run(cancellation);
    }

    private Outcome run(Cancellation cancellation) {
        Set<String> old = new HashSet<>();
        for (var file : storage.list(IndexFiles.FOLDER)) {
            IndexFiles.name(file.path()).ifPresent(name -> {
                // One of a newer pgkeep is refused here: what else it says would be lost.
                var ignored = IndexFiles.read(storage, name, file.bytes());
                old.add(name);
            });
        }
        for (var object : storage.list(PackFormat.FOLDER)) {
            cancellation.check();
            PackFormat.name(object.path()).ifPresent(name -> add(name, object.bytes()));
        }
        var index = new ChunkIndex(entries, packs);
        IndexFiles.replace(storage, index, old);
        return new Outcome(index.size(), packs.size(), damaged);
    }

    private void add(String name, long length) {
        var found = reader.contents(name, length, depth == Depth.CHUNKS);
        if (!found.whole()) {
            damaged.add(name);
        }
        if (!found.entries().isEmpty()) {
            int number = packs.size();
            packs.add(new PackName(name, Math.toIntExact(length)));
            found.entries().forEach(e -> entries.add(e.id(), number, e.offset(), e.stored(), e.length()));
        }
    }

    /** The depth to which packs are looked into. */
    public enum Depth {
        /** Their trailers; where one is damaged, the chunks of that pack. */
        TRAILERS,
        /** Every chunk. */
        CHUNKS
    }

    /**
     * @param chunks chunks in the new index, a chunk in several packs counted for each
     * @param packs packs it names
     * @param damaged packs in which something is damaged; what is intact in them is listed
     */
    public record Outcome(int chunks, int packs, List<String> damaged) {
        public Outcome {
            damaged = List.copyOf(damaged);
        }
    }
}
