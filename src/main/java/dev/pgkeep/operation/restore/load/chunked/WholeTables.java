package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The tables that one worker copies all of, in one transaction: their rows can be written as old ones, which costs the
 * server less, now and whenever somebody reads them first. Not small ones, and not those that would keep one worker
 * busy when all others have nothing left to do.
 */
final class WholeTables {
    /** The time for everything that is made of rows, in halves of the time for the rows themselves. */
    private static final int AFTERWARDS = 3;

    /** The blocks from which on it pays: emptying a table costs as much as writing a thousand rows. */
    private static final int WORTH_IT = 512;

    private final boolean alone;
    private final ToLongFunction<Extent> size;
    private final Set<TableName> shared;
    private final int workers;
    private final long total;

    /** @param size bytes of an extent's rows */
    WholeTables(LoadSelection part, ToLongFunction<Extent> size, int workers) {
        this.alone = part.alone();
        this.size = size;
        this.workers = workers;
        this.total = part.tables().stream().mapToLong(this::bytes).sum();
        this.shared = part.tables().stream()
                .filter(TableContents::loadThroughRoot)
                .flatMap(table -> table.root().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Whether one worker is to copy all of a table. Meanwhile the others do whatever belongs to all other tables: rows,
     * and what follows upon them. One that cannot be divided is whole anyway.
     */
    boolean contains(TableContents table) {
        boolean mine = !table.loadThroughRoot() && table.root().stream().noneMatch(shared::contains);
        long bytes = bytes(table);
        long others = (total - bytes) * (2 + AFTERWARDS) / 2;
        long blocks = table.extents().stream().mapToLong(Extent::blocks).sum();
        boolean undivided = table.extents().size() == 1;
        return alone && mine && blocks >= WORTH_IT && (undivided || bytes * (workers - 1) <= others);
    }

    private long bytes(TableContents table) {
        return table.extents().stream().mapToLong(size).sum();
    }
}
