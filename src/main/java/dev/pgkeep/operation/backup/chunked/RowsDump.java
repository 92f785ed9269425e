package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.columnar.RowEncoder;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.operation.backup.chunked.DumpedTable.Part;
import dev.pgkeep.operation.incremental.LookBatches;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.RangeCounts;
import dev.pgkeep.postgres.copy.RangeReader;
import dev.pgkeep.postgres.copy.RowAge;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.pack.ChunkWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of all tables on several connections that share a snapshot, the largest table first. One queue of
 * extents feeds them all, so that one big table is read by all of them at once. Where it is known what an extent held
 * in an earlier backup, the server is asked first whether it changed.
 */
final class RowsDump {
    private final ChunkedDumpRequest order;
    private final Connector connector;
    private final String snapshot;
    private final Writing writing;
    private final Progress progress;
    private final List<DumpedTable> tables;
    private final TaskQueue<Task> queue = new TaskQueue<>();
    private final ConcurrentLinkedQueue<Contradiction> contradictions = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytesDone = new AtomicLong();
    private final long bytesInAll;
    private final int parts;

    RowsDump(
            ChunkedDumpRequest order,
            Connector connector,
            String snapshot,
            Writing writing,
            List<DumpedTable> tables,
            Progress progress) {
        this.order = order;
        this.connector = connector;
        this.snapshot = snapshot;
        this.writing = writing;
        this.progress = progress;
        this.tables = tables;
        this.bytesInAll =
                tables.stream().mapToLong(table -> table.copied().bytes()).sum();
        this.parts = tables.stream().mapToInt(table -> table.parts().size()).sum();
        queue.add(looks(tables));
        queue.add(tables.stream()
                .filter(table -> !table.isCompared())
                .flatMap(table -> table.parts().stream())
                .map(Read::new)
                .toList());
    }

    /** What there is to do for one thread at a time. */
    private sealed interface Task {}

    /** Asks what changed in some extents. */
    private record Look(List<Part> parts) implements Task {}

    /** Makes an extent out of the stored one and what changed in it. */
    private record Update(Part part, Extent earlier, RangeCounts.Count now) implements Task {}

    /** Reads an extent. */
    private record Read(Part part, Optional<RowHash> expected) implements Task {
        Read(Part part) {
            this(part, Optional.empty());
        }
    }

    private static List<Look> looks(List<DumpedTable> tables) {
        List<Part> compared = tables.stream()
                .filter(DumpedTable::isCompared)
                .flatMap(table -> table.parts().stream())
                .toList();
        return LookBatches.of(compared, part -> part.range().blocks()).stream()
                .map(Look::new)
                .toList();
    }

    /** Connections that are worth opening: never more than there are extents. */
    int connections() {
        return Math.min(order.jobs(), parts);
    }

    /** Takes extents until there are none; to be run by as many threads as there are {@link #connections}. */
    void work(Cancellation cancellation) {
        try (CopySession session =
                        CopySession.open(connector, order.target(), order.application(), Optional.of(snapshot));
                RowStore store = new RowStore(writing.store, writing.writer);
                var registration = cancellation.onCancel(session::abort)) {
            Worker worker = new Worker(session, store);
            for (Optional<Task> task = queue.take(cancellation); task.isPresent(); task = queue.take(cancellation)) {
                try {
                    cancellation.check();
                    worker.run(task.get());
                } finally {
                    queue.done();
                }
            }
        } catch (PgkeepException e) {
            cancellation.check();
            throw e;
        }
    }

    /** The tables with all their extents, in the order in which they were given. */
    List<DumpedTable> tables() {
        return tables;
    }

    /** Extents that were said to be unchanged and are not. */
    List<Contradiction> contradictions() {
        return List.copyOf(contradictions);
    }

    /**
     * The place that rows are written to.
     *
     * @param earlier what an earlier backup has of them
     * @param whole counts them, with all else that the backup holds
     */
    record Writing(ChunkStore store, ChunkWriter writer, ParentExtents earlier, ChunkTotals whole) {}

    /** One thread with its session. */
    private final class Worker {
        private final RowStore store;
        private final RangeReader reader;
        private final RowEncoder encoder = new RowEncoder();
        private final Optional<RangeCounts> counts;
        private final Optional<ExtentMerge> merge;
        private @Nullable DumpedTable current;
        private @Nullable ExtentWriter chunks;

        Worker(CopySession session, RowStore store) {
            this.store = store;
            this.reader = new RangeReader(session);
            Optional<RowAge> age =
                    order.since().flatMap(Since::snapshotXmin).map(xmin -> RowAge.since(session.connection(), xmin));
            this.counts = age.map(known -> new RangeCounts(session.connection(), known));
            this.merge = age.map(known -> new ExtentMerge(reader, known, store, encoder));
        }

        void run(Task task) {
            switch (task) {
                case Look look -> look(look.parts());
                case Update update -> update(update);
                case Read read -> read(read);
            }
        }

        private void look(List<Part> parts) {
            List<RangeCounts.Count> found = counts.orElseThrow()
                    .of(parts.stream()
                            .map(part -> new RangeCounts.Range(part.table().copied(), part.range()))
                            .toList());
            List<Task> further = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                judge(parts.get(i), found.get(i)).ifPresent(further::add);
            }
            queue.add(further);
        }

        /** What is to be done about an extent; nothing where it is as it was. */
        private Optional<Task> judge(Part part, RangeCounts.Count now) {
            Optional<Extent> earlier = part.earlier();
            if (earlier.isEmpty()) {
                return Optional.of(new Read(part));
            }
            Extent before = earlier.get();
            boolean unchanged = now.isUnchangedFrom(before.content().rows());
            if (order.since().orElseThrow().everything()) {
                return Optional.of(new Read(part, unchanged ? Optional.of(before.content()) : Optional.empty()));
            }
            if (unchanged) {
                return keep(part, before) ? Optional.empty() : Optional.of(new Read(part));
            }
            return Optional.of(ExtentMerge.isWorth(before, now) ? new Update(part, before, now) : new Read(part));
        }

        /** Takes over an extent as it is stored; not where some of that is not there any more. */
        private boolean keep(Part part, Extent extent) {
            Optional<List<RowStore.Stored>> kept = store.kept(extent.chunks());
            if (kept.isEmpty()) {
                return false;
            }
            List<ChunkTotals> tallies = tallies(part);
            kept.get().forEach(stored -> tallies.forEach(tally -> tally.add(stored.added(), stored.length())));
            part.table().takeUnchanged(part, extent, store, tallies);
            done(part);
            return true;
        }

        private void update(Update update) {
            Part part = update.part();
            forgetTable();
            Optional<ExtentMerge.Merged> merged = merged(update);
            if (merged.isEmpty()) {
                read(new Read(part));
                return;
            }
            ExtentMerge.Merged made = merged.get();
            List<ChunkTotals> tallies = tallies(part);
            tallies.forEach(
                    tally -> tally.add(made.chunk().added(), made.chunk().length()));
            long rows = Math.max(1, made.extent().content().rows());
            part.table().addRead((long) (part.bytes() * ((double) made.read() / rows)));
            part.table().take(part, made.extent(), made.places(), store, tallies);
            done(part);
        }

        private Optional<ExtentMerge.Merged> merged(Update update) {
            Part part = update.part();
            return RowStore.intact(() -> part.table()
                            .earlierPlaces(part.index(), store)
                            .flatMap(places -> merge.orElseThrow()
                                    .merge(
                                            part.table().copied(),
                                            part.range(),
                                            update.earlier(),
                                            places,
                                            update.now())))
                    .flatMap(made -> made);
        }

        private void read(Read read) {
            Part part = read.part();
            DumpedTable table = part.table();
            ExtentWriter writer = writer(table);
            writer.begin(part.range());
            if (table.isPlaced()) {
                reader.readPlaced(table.copied(), part.range(), writer);
            } else {
                reader.read(table.copied(), part.range(), writer);
            }
            Extent extent = writer.extent(part.range());
            read.expected()
                    .filter(expected -> !expected.equals(extent.content()))
                    .ifPresent(expected -> contradictions.add(new Contradiction(
                            table.copied().name(),
                            part.range().first(),
                            part.range().blocks())));
            table.addRead(part.bytes());
            table.take(part, extent, places(read, writer), store, tallies(part));
            done(part);
        }

        /**
         * Where the rows lie, in the order in which the chunks hold them. Chunks that were kept because their rows are
         * the same ones hold them in the order of the heap only where it was so before and nobody wrote since.
         */
        private byte[] places(Read read, ExtentWriter writer) {
            byte[] found = writer.places();
            boolean known = !writer.isKept()
                    || read.expected().isPresent()
                            && read.part()
                                    .table()
                                    .earlierPlaces(read.part().index(), store)
                                    .filter(before -> Arrays.equals(before, found))
                                    .isPresent();
            return known ? found : new byte[0];
        }

        private List<ChunkTotals> tallies(Part part) {
            return List.of(writing.whole, part.table().tally());
        }

        private ExtentWriter writer(DumpedTable table) {
            ExtentWriter known = chunks;
            if (known == null || table != current) {
                current = table;
                known = new ExtentWriter(
                        table.copied(),
                        encoder,
                        store,
                        writing.earlier.of(table.copied()),
                        List.of(writing.whole, table.tally()));
                chunks = known;
            }
            return known;
        }

        /** Somebody else uses the encoder. */
        private void forgetTable() {
            current = null;
            chunks = null;
        }

        private void done(Part part) {
            progress.advance(new Progress.Amount(
                    bytesDone.addAndGet(part.bytes()),
                    bytesInAll,
                    writing.whole.newBytes(),
                    part.table().copied().name().toString()));
        }
    }
}
