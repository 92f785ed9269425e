package dev.pgkeep.operation.restore.proof;

import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyCatalog;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeReader;
import dev.pgkeep.postgres.copy.Ranges;
import dev.pgkeep.postgres.copy.RowContent;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of restored tables, read slice by slice by whoever has time, each table once it is full and nobody
 * changes it any more. For several threads.
 */
public final class ContentProof {
    /** Blocks in a slice: 32 MB of heap where a block has 8 KB. */
    private static final int BLOCKS = 4096;

    private final Connection inside;
    private final Expected expected;
    private final Map<TableName, RowHash> found = new ConcurrentHashMap<>();
    private final Map<TableName, Optional<CopyTable>> full = new HashMap<>();
    private @Nullable Map<TableName, CopyTable> present;

    /**
     * @param inside a connection to the database that nobody else uses until all slices are read
     * @param tables what the backup says of the tables that will be read
     */
    public ContentProof(Connection inside, List<TableContents> tables) {
        this.inside = inside;
        this.expected = new Expected(tables);
    }

    /** The number of slices in which a table is read. */
    public static int slices(TableContents table) {
        if (table.extents().isEmpty()) {
            return 1;
        }
        Extent last = table.extents().getLast();
        return (int) Math.clamp((last.firstBlock() + last.blocks() + BLOCKS - 1) / BLOCKS, 1, Integer.MAX_VALUE);
    }

    /**
     * Reads a slice of a table, which must be full.
     *
     * @param session made for settled tables
     * @param slice from 0 on, below {@link #slices}; the last one reads whatever the others leave
     */
    public void read(CopySession session, TableContents backup, int slice) {
        Optional<CopyTable> full = full(session, backup);
        if (full.isEmpty()) {
            return;
        }
        CopyTable table = full.get();
        long from = (long) slice * BLOCKS;
        long to = slice == slices(backup) - 1 ? Long.MAX_VALUE : from + BLOCKS;
        var content = new RowContent();
        RangeReader reader = new RangeReader(session);
        for (BlockRange range : Ranges.runs(table)) {
            if (range.first() >= from && range.first() < to) {
                reader.read(table, range, content);
            }
        }
        found.merge(table.contentName(), content.total(), RowHash::plus);
    }

    /** The comparison of everything that was read with the backup. To be asked when all slices are read. */
    public synchronized Comparison result() {
        return expected.compare(found);
    }

    /** The table as it is on this server now; empty where it cannot be compared. */
    private synchronized Optional<CopyTable> full(CopySession session, TableContents backup) {
        Optional<CopyTable> known = full.get(backup.name());
        if (known == null) {
            known = expected.expect(backup, Optional.ofNullable(present().get(backup.name())))
                    .map(table -> CopyCatalog.measured(session.connection(), List.of(table))
                            .getFirst());
            full.put(backup.name(), known);
        }
        return known;
    }

    private Map<TableName, CopyTable> present() {
        Map<TableName, CopyTable> tables = present;
        if (tables == null) {
            tables = new HashMap<>();
            for (CopyTable table : CopyCatalog.read(inside)) {
                tables.put(table.name(), table);
            }
            present = tables;
        }
        return tables;
    }
}
