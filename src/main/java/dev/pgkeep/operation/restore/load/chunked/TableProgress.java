package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The progress of one table: its extents are handed out in batches, to as many workers as there are. Not thread-safe.
 */
final class TableProgress {
    /** Bytes in one COPY: enough that its beginning and end do not count, little enough to share a table. */
    private static final long BATCH = 64L << 20;

    private final TableContents table;
    private final TableName into;
    private final ToLongFunction<Extent> size;
    private final long bytes;
    private final boolean whole;
    private long left;
    private int next;
    private int running;
    private int refused;

    /**
     * @param into the table itself, or the root of its partitions
     * @param size bytes of an extent's rows
     * @param whole whether one worker is to copy all of it
     */
    TableProgress(TableContents table, TableName into, ToLongFunction<Extent> size, boolean whole) {
        this.whole = whole;
        this.table = table;
        this.into = into;
        this.size = size;
        this.bytes = table.extents().stream().mapToLong(size).sum();
        this.left = bytes;
    }

    TableContents table() {
        return table;
    }

    TableName into() {
        return into;
    }

    long bytes() {
        return bytes;
    }

    /** Whether one worker copies all of it. */
    boolean whole() {
        return whole;
    }

    boolean hasMore() {
        return next < table.extents().size();
    }

    boolean isDone() {
        return !hasMore() && running == 0 && refused == 0;
    }

    /** The next extents for one COPY; smaller towards the end, so that no worker is left alone with much. */
    List<Extent> take(int workers) {
        List<Extent> batch = new ArrayList<>();
        long share = whole ? Long.MAX_VALUE : Math.clamp(left / (2L * workers), 1, BATCH);
        long taken = 0;
        while (hasMore() && taken < share) {
            Extent extent = table.extents().get(next++);
            batch.add(extent);
            taken += size.applyAsLong(extent);
        }
        left -= taken;
        running++;
        return batch;
    }

    /** A batch that was taken is not in: it will be taken again. */
    void refused() {
        refused++;
    }

    /** @param again whether the batch was refused before */
    void done(boolean again) {
        if (again) {
            refused--;
        } else {
            running--;
        }
    }
}
