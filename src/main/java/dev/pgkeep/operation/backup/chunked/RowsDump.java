package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.columnar.RowEncoder;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeReader;
import dev.pgkeep.postgres.copy.Ranges;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.pack.ChunkWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of all tables on several connections that share a snapshot, the largest table first. One queue of
 * extents feeds them all, so that one big table is read by all of them at once.
 */
final class RowsDump {
    private final ChunkedDumpRequest order;
    private final Connector connector;
    private final String snapshot;
    private final Writing writing;
    private final Progress progress;
    private final List<Table> tables;
    private final Queue<Task> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytesDone = new AtomicLong();
    private final long bytesInAll;

    RowsDump(
            ChunkedDumpRequest order,
            Connector connector,
            String snapshot,
            Writing writing,
            List<CopyTable> tables,
            Progress progress) {
        this.order = order;
        this.connector = connector;
        this.snapshot = snapshot;
        this.writing = writing;
        this.progress = progress;
        this.tables = tables.stream().map(Table::new).toList();
        this.bytesInAll = tables.stream().mapToLong(CopyTable::bytes).sum();
        for (Table table : this.tables) {
            List<BlockRange> ranges = table.ranges();
            for (int i = 0; i < ranges.size(); i++) {
                queue.add(new Task(table, i, ranges.get(i)));
            }
        }
    }

    /** Connections that are worth opening: never more than there are extents. */
    int connections() {
        return Math.min(order.jobs(), queue.size());
    }

    /** Takes extents until there are none; to be run by as many threads as there are {@link #connections}. */
    void work(Cancellation cancellation) {
        try (CopySession session =
                        CopySession.open(connector, order.target(), order.application(), Optional.of(snapshot));
                RowStore store = new RowStore(writing.store, writing.writer);
                var registration = cancellation.onCancel(session::abort)) {
            RangeReader reader = new RangeReader(session);
            RowEncoder encoder = new RowEncoder();
            Table current = null;
            ExtentWriter chunks = null;
            for (Task task = queue.poll(); task != null; task = queue.poll()) {
                cancellation.check();
                if (chunks == null || task.table != current) {
                    current = task.table;
                    chunks = new ExtentWriter(
                            task.table.copied,
                            encoder,
                            store,
                            writing.earlier.of(current.copied),
                            List.of(writing.whole, task.table.tally));
                }
                chunks.begin(task.range);
                reader.read(task.table.copied, task.range, chunks);
                task.table.extents.set(task.index, chunks.extent(task.range));
                report(task);
            }
        } catch (PgkeepException e) {
            cancellation.check();
            throw e;
        }
    }

    private void report(Task task) {
        long done = bytesDone.addAndGet(task.bytes());
        progress.advance(new Progress.Amount(
                done,
                bytesInAll,
                writing.whole.newBytes(),
                task.table.copied.name().toString()));
    }

    /** The tables with all their extents, in the order in which they were given. */
    List<Table> tables() {
        return tables;
    }

    /**
     * The place that rows are written to.
     *
     * @param earlier what an earlier backup has of them
     * @param whole counts them, with all else that the backup holds
     */
    record Writing(ChunkStore store, ChunkWriter writer, ParentExtents earlier, ChunkTotals whole) {}

    private record Task(Table table, int index, BlockRange range) {
        /** The bytes of the table that fall to this range. */
        long bytes() {
            CopyTable copied = table.copied;
            long blocks = range.open() ? copied.blocks() - range.first() : range.blocks();
            return copied.blocks() == 0
                    ? copied.bytes()
                    : (long) (copied.bytes() * ((double) blocks / copied.blocks()));
        }
    }

    /** A table and what was read of it so far. */
    static final class Table {
        private final CopyTable copied;
        private final List<BlockRange> ranges;
        private final List<@Nullable Extent> extents;
        private final ChunkTotals tally = new ChunkTotals();

        private Table(CopyTable copied) {
            this.copied = copied;
            this.ranges = copied.blockRanges() && copied.blocks() == 0 ? List.of() : Ranges.extents(copied);
            this.extents = Collections.synchronizedList(new ArrayList<>(Collections.nCopies(ranges.size(), null)));
        }

        private List<BlockRange> ranges() {
            return ranges;
        }

        CopyTable copied() {
            return copied;
        }

        ChunkTotals tally() {
            return tally;
        }

        TableContents contents() {
            return new TableContents(
                    copied.name(),
                    copied.root(),
                    copied.loadThroughRoot(),
                    copied.format(),
                    copied.columns().stream()
                            .map(column -> new TableContents.Column(column.name(), column.type()))
                            .toList(),
                    copied.fileNode(),
                    extents.stream().map(java.util.Objects::requireNonNull).toList());
        }
    }
}
