package dev.pgkeep.operation.restore.delta;

import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeCounts.Count;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of a backup as it is in the database now.
 *
 * @param stored the table in the backup
 * @param live the table in the database
 * @param whole why all its rows are replaced; empty where it is known which changed
 * @param extents those that changed
 */
public record TableDelta(TableContents stored, CopyTable live, Optional<String> whole, List<Changed> extents) {
    public TableDelta {
        extents = List.copyOf(extents);
    }

    /**
     * An extent that changed.
     *
     * @param index its number in the backup's contents, or behind them
     * @param range its blocks; empty where the table is shorter now
     * @param stored what the backup has there
     * @param now what the server counts
     */
    public record Changed(int index, Optional<BlockRange> range, Optional<Extent> stored, Count now) {
        /** Rows that the backup has there. */
        public long before() {
            return stored.map(extent -> extent.content().rows()).orElse(0L);
        }

        /** Rows of the backup that are still there. */
        public long staying() {
            return now.rows() - now.later();
        }

        /** Rows of the backup that are gone. */
        public long gone() {
            return before() - staying();
        }
    }

    public boolean isChanged() {
        return whole.isPresent() || !extents.isEmpty();
    }

    /** Rows that were written since and go; of a table that is replaced whole nobody knows. */
    long going() {
        return extents.stream().mapToLong(each -> each.now().later()).sum();
    }

    /** Rows that come back. */
    long coming() {
        return whole.isPresent()
                ? stored.content().rows()
                : extents.stream().mapToLong(Changed::gone).sum();
    }

    /** Bytes of the table on the server that go or come back, about. */
    long replaced() {
        if (whole.isPresent()) {
            return live.bytes();
        }
        long rows = Math.max(1, stored.content().rows());
        return (long) (live.bytes() * Math.min(1.0, (double) Math.max(going(), coming()) / rows));
    }

    /** What must be read of the backup. */
    TableContents needed() {
        if (whole.isPresent()) {
            return stored;
        }
        List<Extent> needed = new ArrayList<>();
        extents.stream()
                .filter(each -> each.gone() > 0)
                .forEach(each -> each.stored().ifPresent(needed::add));
        return stored.withExtents(needed);
    }
}
