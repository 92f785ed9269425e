package dev.pgkeep.repository.contents;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The contents of a chunked backup.
 *
 * @param tables every table whose rows it holds
 * @param skeleton chunks that are, one after the other, an archive of pg_dump with everything but these rows
 * @param listing chunks that hold the list of tables itself
 */
public record BackupContents(List<TableContents> tables, List<ChunkId> skeleton, List<ChunkId> listing) {
    public BackupContents {
        tables = List.copyOf(tables);
        skeleton = List.copyOf(skeleton);
        listing = List.copyOf(listing);
    }

    /**
     * Reads what a backup consists of.
     *
     * @throws PgkeepException CHUNK_DAMAGED when a chunk of the list is missing or damaged
     */
    public static BackupContents read(ChunkStore store, Manifest.Chunks chunks) {
        return read(store::read, chunks);
    }

    static BackupContents read(Function<ChunkId, byte[]> reader, Manifest.Chunks chunks) {
        List<TableContents> tables = new ArrayList<>();
        List<ChunkId> listing = chunks.contents().stream().map(ChunkId::of).toList();
        for (ChunkId id : listing) {
            ContentsCodec.read(reader.apply(id), tables);
        }
        return new BackupContents(
                tables, chunks.skeleton().stream().map(ChunkId::of).toList(), listing);
    }

    /** The chunks in which a list of tables is stored. */
    public static List<byte[]> listing(List<TableContents> tables) {
        return ContentsCodec.write(tables);
    }

    /** Every chunk, in no order, some perhaps more than once. */
    public void forEachChunk(Consumer<ChunkId> action) {
        listing.forEach(action);
        skeleton.forEach(action);
        for (TableContents table : tables) {
            table.trace().ifPresent(trace -> trace.places().forEach(action));
            table.extents().forEach(extent -> extent.chunks().forEach(chunk -> chunk.forEachStored(action)));
        }
    }
}
