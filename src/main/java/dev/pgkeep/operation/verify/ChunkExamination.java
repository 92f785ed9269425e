package dev.pgkeep.operation.verify;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Parallelism;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.Damage;
import dev.pgkeep.operation.restore.source.DamageSearch;
import dev.pgkeep.operation.verify.Verify.Found;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Examines a backup of chunks without a server. */
final class ChunkExamination {
    private final ChunkedSource source;
    private final DamageSearch search;
    private final Progress progress;

    ChunkExamination(ChunkedSource source, Progress progress, Cancellation cancellation) {
        this.source = source;
        this.progress = progress;
        this.search = new DamageSearch(source.store(), Parallelism.threads(), progress, cancellation);
    }

    /** Whether metadata and contents can be read and agree, and every chunk is where the indexes say. */
    Found look() {
        BackupContents contents = source.contents();
        compareWithMetadata(contents);
        List<ChunkId> chunks = new ArrayList<>();
        contents.forEachChunk(chunks::add);
        Damage.of(contents, search.missing(chunks)).orThrow();
        return new Found(VerifyResult.State.LOOKED_AT, contents.tables().size(), 0);
    }

    /** Every chunk, byte by byte and row by row. */
    Found read() {
        remember(search.damaged(
                source.chunks().contents().stream().map(ChunkId::of).toList()));
        BackupContents contents = source.contents();
        compareWithMetadata(contents);
        List<RowChunk> chunks = new ArrayList<>();
        contents.tables().forEach(table -> table.extents().forEach(extent -> chunks.addAll(extent.chunks())));
        Map<RowChunk, Integer> rows = new ConcurrentHashMap<>();
        Map<ChunkId, String> damaged = new HashMap<>(search.damagedRows(chunks, rows::put));
        damaged.putAll(search.damaged(contents.skeleton()));
        remember(damaged);
        Damage.of(contents, damaged).orThrow();
        remember(search.damaged(places(contents)));
        compareRows(contents, rows);
        long total = source.metadata().rows();
        int tables = (int) source.metadata().tables().stream()
                .filter(Manifest.Table::hasRows)
                .count();
        return new Found(VerifyResult.State.CHECKED, tables, total);
    }

    /** Backups to come must not rely on it. Somebody else's repository may be looked at all the same. */
    private void remember(Map<ChunkId, String> damaged) {
        try {
            source.store().distrust(damaged.keySet());
        } catch (PgkeepException e) {
            progress.warn("what is damaged could not be noted: " + e.getMessage());
        }
    }

    /** What only a later backup needs: without it that one reads more, and no row is lost. */
    private static List<ChunkId> places(BackupContents contents) {
        return contents.tables().stream()
                .flatMap(table -> table.trace().stream())
                .flatMap(trace -> trace.places().stream())
                .toList();
    }

    private static void compareRows(BackupContents contents, Map<RowChunk, Integer> rows) {
        for (TableContents table : contents.tables()) {
            for (Extent extent : table.extents()) {
                long found = extent.chunks().stream()
                        .mapToLong(chunk -> rows.get(chunk))
                        .sum();
                if (found != extent.content().rows()) {
                    throw Verify.damaged(table.name() + " has " + found + " rows instead of "
                            + extent.content().rows() + " from block " + extent.firstBlock() + " on");
                }
            }
        }
    }

    /** The list of contents says of each table what the metadata says. */
    private void compareWithMetadata(BackupContents contents) {
        Map<TableName, Manifest.Table> listed = new HashMap<>();
        source.metadata().tables().forEach(table -> listed.put(table.tableName(), table));
        for (TableContents table : contents.tables()) {
            Manifest.Table metadata = listed.get(table.name());
            if (metadata == null
                    || metadata.rows() != table.content().rows()
                    || metadata.content() != null
                            && !metadata.content().equals(table.content().hex())) {
                throw Verify.damaged("its contents do not say of " + table.name() + " what its metadata says");
            }
        }
    }
}
