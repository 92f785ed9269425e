package dev.pgkeep.operation.incremental;

import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeCounts;
import dev.pgkeep.repository.contents.Extent;
import java.util.List;
import java.util.Optional;

/**
 * What changed in a live table since a backup.
 *
 * @param history whether that can be told
 * @param extents of the table as it is now, in their order; what the backup has behind them is gone
 */
public record TableChanges(CopyTable table, TableHistory history, List<ExtentChange> extents) {
    public TableChanges {
        extents = List.copyOf(extents);
    }

    /**
     * What changed in an extent.
     *
     * @param before the same blocks in the backup, where it is known what it has of them
     * @param now the rows of these blocks, where there is a before
     */
    public record ExtentChange(BlockRange range, Optional<Extent> before, Optional<RangeCounts.Count> now) {
        /** Whether it holds the very same rows as in the backup. */
        public boolean isUnchanged() {
            return now.isPresent()
                    && now.get().isUnchangedFrom(before.orElseThrow().content().rows());
        }
    }
}
