package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chunks that an earlier backup of the same database has for the same blocks. About 200 bytes for each extent. */
final class ParentExtents {
    private final Map<TableName, TableContents> tables = new HashMap<>();

    /** @param tables that an earlier backup holds */
    ParentExtents(List<TableContents> tables) {
        tables.forEach(table -> this.tables.put(table.name(), table));
    }

    /** The earlier extents of one table; none when it was rewritten since, which leaves no row in its place. */
    OfTable of(CopyTable table) {
        TableContents earlier = tables.get(table.name());
        Map<Long, Extent> byBlock = new HashMap<>();
        if (earlier != null && earlier.fileNode() == table.fileNode()) {
            for (Extent extent : earlier.extents()) {
                byBlock.put(extent.firstBlock(), extent);
            }
        }
        return range -> Optional.ofNullable(byBlock.get(range.first()));
    }

    /** The earlier extents of one table. */
    interface OfTable {
        /** The extent that began at the same block. */
        Optional<Extent> at(BlockRange range);
    }
}
