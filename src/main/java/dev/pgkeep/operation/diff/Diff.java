package dev.pgkeep.operation.diff;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.diff.TableDifference.Change;
import dev.pgkeep.operation.diff.TableDifference.State;
import dev.pgkeep.operation.restore.ScratchRestore;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.schema.SchemaDifference;
import dev.pgkeep.repository.FileLockHandle;
import dev.pgkeep.repository.Repository;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Compares a backup with another one, or with a live database; changes neither. */
public final class Diff {
    private static final long BUDGET = 48 << 20;
    private static final long STEP = 1 << 20;

    private final Connector connector;
    private final Repository repository;
    private final ScratchRestore scratch;
    private final Progress progress;
    private final Cancellation cancellation;
    private long read;
    private long moved;
    private long told;
    private String comparing = "";

    /** @param scratch makes a backup's schema where it can be looked at */
    public Diff(
            Connector connector,
            Repository repository,
            ScratchRestore scratch,
            Progress progress,
            Cancellation cancellation) {
        this.connector = connector;
        this.repository = repository;
        this.scratch = scratch;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Compares two backups: how the first became the second.
     *
     * @throws PgkeepException BACKUP_DAMAGED when chunks that are needed cannot be read
     */
    public DiffResult run(ChunkedSource first, ChunkedSource second, DiffRequest request) {
        List<String> notes = new ArrayList<>();
        if (!first.moneyLocale().equals(second.moneyLocale())) {
            notes.add("money is compared as it was printed, in " + first.name() + " under lc_monetary "
                    + first.moneyLocale().orElse("unknown") + ", in " + second.name() + " under "
                    + second.moneyLocale().orElse("unknown"));
        }
        try (FileLockHandle one = repository.lease(first.stored());
                FileLockHandle other = repository.lease(second.stored());
                DiffSide before = new StoredSide(first, request.tables(), cancellation);
                DiffSide now = new StoredSide(second, request.tables(), cancellation)) {
            Optional<SchemaDifference> schema = schema(
                    request,
                    notes,
                    comparison ->
                            comparison.between(first, second, request.scratch().orElseThrow()));
            return compare(before, now, request, schema, notes)
                    .reading(first.store().bytesRead() + second.store().bytesRead());
        }
    }

    /**
     * Compares a backup with what a database holds now.
     *
     * @throws PgkeepException BACKUP_DAMAGED when chunks that are needed cannot be read; what the server says
     */
    public DiffResult run(ChunkedSource first, Target live, DiffRequest request) {
        List<String> notes = new ArrayList<>();
        try (FileLockHandle one = repository.lease(first.stored());
                StoredSide before = new StoredSide(first, request.tables(), cancellation);
                LiveSide now = live(before, live, request)) {
            Optional<SchemaDifference> schema = schema(
                    request,
                    notes,
                    comparison ->
                            comparison.between(first, live, request.scratch().orElseThrow()));
            return compare(before, now, request, schema, notes)
                    .reading(first.store().bytesRead())
                    .reading(now.reading());
        }
    }

    private LiveSide live(StoredSide before, Target live, DiffRequest request) {
        Target target = progress.phases().during("connect", () -> connector.settle(live));
        progress.step("Looking what changed since " + before.name());
        return progress.phases()
                .during("changes", () -> new LiveSide(connector, target, request, before, cancellation));
    }

    private Optional<SchemaDifference> schema(
            DiffRequest request, List<String> notes, Function<SchemaComparison, SchemaDifference> between) {
        if (request.scratch().isEmpty()) {
            return Optional.empty();
        }
        progress.step("Comparing the schemas");
        try (Phases.Open open = progress.phases().begin("schema")) {
            return Optional.of(between.apply(new SchemaComparison(connector, scratch)));
        } catch (PgkeepException e) {
            cancellation.check();
            if (!SchemaComparison.isBearable(e)) {
                throw e;
            }
            notes.add("the schemas were not compared: " + e.getMessage() + " (" + e.hint() + ")");
            return Optional.empty();
        }
    }

    private DiffResult compare(
            DiffSide first,
            DiffSide second,
            DiffRequest request,
            Optional<SchemaDifference> schema,
            List<String> notes) {
        Map<TableName, List<Leaf>> before = progress.phases().during("tables", () -> tables(first));
        Map<TableName, List<Leaf>> now = progress.phases().during("tables", () -> tables(second));
        List<TableDifference> differences = new ArrayList<>();
        TreeSet<TableName> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        List<TablePair> pairs = new ArrayList<>();
        for (TableName name : names) {
            List<Leaf> was = before.get(name);
            List<Leaf> is = now.get(name);
            if (was != null && is != null) {
                pairs.add(TablePair.of(
                        name,
                        was,
                        is,
                        first.shapes().getOrDefault(name, TableShape.NONE),
                        second.shapes().getOrDefault(name, TableShape.NONE),
                        second.printers()));
            } else if (was != null) {
                lonely(name, State.ONLY_FIRST, was, second.leftOut(), differences, notes);
            } else if (is != null) {
                lonely(name, State.ONLY_SECOND, is, first.leftOut(), differences, notes);
            }
        }
        request.takers().forEach(taker -> taker.begin(pairs));
        progress.step("Comparing the rows of " + Sizes.count(pairs.size(), "table"));
        try (Phases.Open open = progress.phases().begin("rows")) {
            for (TablePair pair : pairs) {
                comparing = pair.name().toString();
                differences.add(compare(pair, first, second, request));
            }
        }
        differences.sort(java.util.Comparator.comparing(TableDifference::table));
        return new DiffResult(first.name(), second.name(), schema, differences, read, 0, Optional.empty(), notes);
    }

    private TableDifference compare(TablePair pair, DiffSide first, DiffSide second, DiffRequest request) {
        DifferenceCounter tally = new DifferenceCounter(pair, request.samples());
        List<RowChanges> takers = new ArrayList<>(List.of(tally));
        request.takers().forEach(taker -> takers.add(taker.of(pair)));
        try (TableComparison comparison = new TableComparison(pair, first, second, BUDGET, cancellation, this::count)) {
            comparison.run(new Several(takers));
        }
        long was = rows(pair.first());
        return new TableDifference(
                pair.name(),
                State.BOTH,
                was,
                was + tally.count(Change.ADDED) - tally.count(Change.REMOVED),
                tally.count(Change.REMOVED),
                tally.count(Change.ADDED),
                tally.count(Change.CHANGED),
                tally.changedColumns(),
                pair.columns(),
                pair.keyNames(),
                tally.samples(),
                notes(pair, first, second));
    }

    /** Tells several listeners. */
    private record Several(List<RowChanges> all) implements RowChanges {
        @Override
        public void removed(Row row) {
            all.forEach(each -> each.removed(row));
        }

        @Override
        public void added(Row row) {
            all.forEach(each -> each.added(row));
        }

        @Override
        public void changed(Row before, Row after, BitSet columns) {
            all.forEach(each -> each.changed(before, after, columns));
        }
    }

    private void count(int rows, int bytes) {
        read += rows;
        moved += bytes;
        if (moved - told > STEP) {
            told = moved;
            progress.advance(new Progress.Amount(0, 0, moved, comparing));
        }
    }

    private static List<String> notes(TablePair pair, DiffSide first, DiffSide second) {
        List<String> notes = new ArrayList<>();
        List<String> gone = pair.onlyOf(pair.first());
        List<String> come = pair.onlyOf(pair.second());
        if (!gone.isEmpty()) {
            notes.add("not compared, only in " + first.name() + ": " + String.join(", ", gone));
        }
        if (!come.isEmpty()) {
            notes.add("not compared, only in " + second.name() + ": " + String.join(", ", come));
        }
        if (pair.key().isEmpty()) {
            notes.add("compared by whole rows: "
                    + (pair.shape().key().isEmpty() ? "there is no primary key" : "the primary keys are not the same"));
        }
        return notes;
    }

    private static void lonely(
            TableName name,
            State state,
            List<Leaf> leaves,
            String leftOut,
            List<TableDifference> differences,
            List<String> notes) {
        if (!leftOut.isEmpty()) {
            if (!notes.contains(leftOut)) {
                notes.add(leftOut);
            }
            return;
        }
        boolean first = state == State.ONLY_FIRST;
        long rows = rows(leaves);
        differences.add(new TableDifference(
                name,
                state,
                first ? rows : 0,
                first ? 0 : rows,
                0,
                0,
                0,
                new TreeMap<>(),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
    }

    /** -1 where that is not known without reading. */
    private static long rows(List<Leaf> leaves) {
        long rows = 0;
        for (Leaf leaf : leaves) {
            for (Leaf.Part part : leaf.parts()) {
                if (part.content().isEmpty()) {
                    return -1;
                }
                rows += part.content().get().rows();
            }
        }
        return rows;
    }

    private static Map<TableName, List<Leaf>> tables(DiffSide side) {
        Map<TableName, List<Leaf>> tables = new TreeMap<>();
        side.leaves()
                .forEach(leaf -> tables.computeIfAbsent(leaf.table(), each -> new ArrayList<>())
                        .add(leaf));
        return tables;
    }
}
