package dev.pgkeep.repository.pack;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.repository.storage.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunks. The index is loaded at first use, about 50 bytes in memory for each chunk. For several threads. A chunk
 * with several places is read from the first that is intact.
 */
public final class ChunkStore {
    private final Storage storage;
    /** The index files, then what writers of this store added; empty until first use. */
    private volatile List<ChunkIndex> indexes = List.of();

    /** The chunks in packs that no index names, once they were asked. */
    private @Nullable ChunkIndex unnamed;

    private final AtomicLong bytesRead = new AtomicLong();

    /** Opens the store in {@code packs/} and {@code index/} of a storage; nothing needs to be there yet. */
    public ChunkStore(Storage storage) {
        this.storage = storage;
    }

    /**
     * The bytes of a chunk, checked against its id.
     *
     * @throws dev.pgkeep.base.error.PgkeepException CHUNK_DAMAGED, naming chunk and pack, when it is missing, cut or
     *     changed
     */
    public byte[] read(ChunkId id) {
        var failures = new ArrayList<String>();
        var known = indexes();
        var found = read(id, known, failures);
        if (found.isEmpty()) {
            var asked = askPacks();
            found = known.contains(asked) ? found : read(id, List.of(asked), failures);
        }
        return found.orElseThrow(() -> Damage.unreadable(id, failures));
    }

    private Optional<byte[]> read(ChunkId id, List<ChunkIndex> where, List<String> failures) {
        for (var index : where) {
            for (int entry = index.find(id); entry >= 0; entry = index.next(entry)) {
                var chunk = read(id, index.place(entry), failures);
                if (chunk.isPresent()) {
                    return chunk;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> read(ChunkId id, Place place, List<String> failures) {
        byte[] bytes;
        try {
            bytes = storage.read(PackFormat.path(place.pack), place.offset, place.stored);
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.OBJECT_MISSING || e.code() == ErrorCode.FILE_FAILED) {
                failures.add(e.getMessage());
                return Optional.empty();
            }
            throw e.during("cannot read chunk " + id);
        }
        bytesRead.addAndGet(bytes.length);
        var chunk = StoredChunk.decode(id, bytes, 0, Math.min(bytes.length, place.stored), place.length);
        if (chunk.isEmpty()) {
            boolean cut = bytes.length < place.stored;
            failures.add(
                    "pack " + place.pack + (cut ? " is cut" : " is damaged") + " in the chunk at byte " + place.offset);
        }
        return chunk;
    }

    /** Stored bytes of all chunks that were read so far. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /** The place of a chunk and what it takes there; empty when no index names it. */
    public Optional<Place> find(ChunkId id) {
        for (var index : indexes()) {
            int entry = index.find(id);
            if (entry >= 0) {
                return Optional.of(index.place(entry));
            }
        }
        return Optional.empty();
    }

    /** Bytes of every pack that is there, by name. */
    public Map<String, Long> packs() {
        var packs = new HashMap<String, Long>();
        for (var object : storage.list(PackFormat.FOLDER)) {
            PackFormat.name(object.path()).ifPresent(name -> packs.put(name, object.bytes()));
        }
        return packs;
    }

    /**
     * Remembers that these chunks were found damaged: whatever lies in the same packs is stored again by the next
     * backup that has it.
     */
    public void distrust(Collection<ChunkId> damaged) {
        Set<String> packs = new TreeSet<>();
        for (ChunkId id : damaged) {
            for (var index : indexes()) {
                for (int entry = index.find(id); entry >= 0; entry = index.next(entry)) {
                    packs.add(index.place(entry).pack());
                }
            }
        }
        packs.forEach(pack -> SuspectPacks.add(storage, pack));
    }

    /** Adds chunks. The caller holds the shared lock of the store until the backup that needs them is committed. */
    public ChunkWriter writer(int compressionLevel) {
        return new ChunkWriter(this, new KnownChunks(storage, indexes()), compressionLevel);
    }

    Storage storage() {
        return storage;
    }

    synchronized void add(ChunkIndex index) {
        var more = new ArrayList<>(indexes());
        more.add(index);
        indexes = List.copyOf(more);
    }

    private List<ChunkIndex> indexes() {
        var known = indexes;
        return known.isEmpty() ? load() : known;
    }

    private synchronized List<ChunkIndex> load() {
        if (indexes.isEmpty()) {
            indexes = List.of(LoadedIndex.read(storage).index());
        }
        return indexes;
    }

    /**
     * An index file may be lost without a trace: before a chunk is called missing, unnamed packs are asked, once; those
     * whose trailer is damaged are read.
     */
    private synchronized ChunkIndex askPacks() {
        var asked = unnamed;
        if (asked == null) {
            asked = LoadedIndex.walked(storage, indexes());
            unnamed = asked;
            add(asked);
        }
        return asked;
    }

    /**
     * @param pack name of the pack, the SHA-256 of its bytes
     * @param offset where the compressed chunk begins
     * @param stored its compressed bytes
     * @param length its bytes before compression
     */
    public record Place(String pack, long offset, int stored, int length) {}
}
