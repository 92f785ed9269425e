package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who does what next. The longest things first: what the archive holds itself, then big indexes whose rows are
 * in, then rows (the largest table first, by all workers), then everything small; who would have to wait does what can
 * be done with full tables. Waiting workers are woken by those that finish something.
 */
final class LoadSchedule {
    /** The number of small things that are worth a process while there are rows to load. */
    private static final int WORTH_IT = 200;

    private static final long LOOK_AGAIN_MILLIS = 500;

    /** A piece of work. */
    sealed interface Task {
        /**
         * Rows of a table.
         *
         * @param refusals how often they were refused before
         * @param since how many batches had gone in at a second try when they were refused
         */
        record Rows(TableProgress table, List<Extent> extents, int refusals, int since) implements Task {
            boolean again() {
                return refusals > 0;
            }
        }

        /** Loads what the archive holds beside rows. */
        record Data(List<Entry> entries) implements Task {}

        /** Makes what is made after the rows. */
        record After(List<Entry> entries) implements Task {}

        /** Reading a slice of a full table. */
        record Proof(TableContents table, int slice) implements Task {}

        /** Planner statistics of a table. */
        record Statistics(TableName table) implements Task {}
    }

    private final List<TableProgress> tables;
    private final LoadGraph graph;
    private final IdleTasks spare;
    private final int workers;
    private final Deque<Task.Rows> refused = new ArrayDeque<>();
    private final Set<Integer> failed = new HashSet<>();
    private List<Entry> data;
    private int running;
    /** The batches of rows that are copied for the first time. */
    private int copying;
    /** The batches of rows that are copied again. */
    private int copyingAgain;
    /** The batches of rows that went in at a second try. */
    private int mended;

    LoadSchedule(List<TableProgress> tables, List<Entry> data, LoadGraph graph, IdleTasks spare, int workers) {
        this.tables = new ArrayList<>(tables);
        this.tables.sort(Comparator.comparingLong(TableProgress::bytes).reversed());
        this.data = data;
        this.graph = graph;
        this.spare = spare;
        this.workers = workers;
        tables.stream()
                .filter(TableProgress::isDone)
                .forEach(table -> loaded(table.table().name()));
    }

    /** The next piece of work, once there is one; empty when everything is done. */
    synchronized Optional<Task> next(Cancellation stop) {
        while (true) {
            stop.check();
            Optional<Task> task = choose();
            if (task.isPresent()) {
                running++;
                return task;
            }
            if (running == 0 && graph.isEmpty() && spare.isEmpty() && refused.isEmpty()) {
                return Optional.empty();
            }
            try {
                wait(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Cancellation.interrupted();
            }
        }
    }

    /** The rows were refused; they are tried again when all that were not are in. */
    synchronized void failed(Task.Rows rows) {
        rows.table().refused();
        refused.add(new Task.Rows(rows.table(), rows.extents(), rows.refusals() + 1, mended));
    }

    /** Whether rows may go in yet that were refused again: others did meanwhile, for which they may have waited. */
    synchronized boolean mayWait(Task.Rows rows) {
        return mended > rows.since() || rows.refusals() == 1 && copyingAgain > 1;
    }

    /** Rows went in at a second try. */
    synchronized void mended() {
        mended++;
    }

    /** Entries could not be made. */
    synchronized void failed(Set<Integer> entries) {
        failed.addAll(entries);
    }

    /** The entries that could not be made, by their numbers. */
    synchronized Set<Integer> failed() {
        return Set.copyOf(failed);
    }

    synchronized void done(Task task) {
        running--;
        switch (task) {
            case Task.Rows rows -> {
                rows.table().done(rows.again());
                copying -= rows.again() ? 0 : 1;
                copyingAgain -= rows.again() ? 1 : 0;
                if (rows.table().isDone()) {
                    loaded(rows.table().table().name());
                }
            }
            case Task.Data all -> {}
            case Task.After after -> graph.done(after.entries());
            case Task.Proof proof -> {}
            case Task.Statistics statistics -> {}
        }
        notifyAll();
    }

    private void loaded(TableName table) {
        graph.loaded(table);
        spare.loaded(table);
    }

    /** What was refused twice is tried alone, so that it is known whether it waits for others. */
    private boolean mayTakeRefused() {
        return !refused.isEmpty() && (copyingAgain == 0 || refused.getFirst().refusals() == 1);
    }

    private Optional<Task> choose() {
        if (!data.isEmpty()) {
            List<Entry> entries = data;
            data = List.of();
            return Optional.of(new Task.Data(entries));
        }
        List<Entry> entries = graph.takeBig();
        Optional<TableProgress> table =
                tables.stream().filter(TableProgress::hasMore).findFirst();
        if (entries.isEmpty()) {
            entries = graph.takeSmall(table.isPresent() ? WORTH_IT : 1, workers);
        }
        if (entries.isEmpty() && table.isPresent()) {
            copying++;
            return Optional.of(new Task.Rows(table.get(), table.get().take(workers), 0, 0));
        }
        if (entries.isEmpty() && copying == 0 && mayTakeRefused()) {
            copyingAgain++;
            return Optional.of(refused.remove());
        }
        if (entries.isEmpty() && running == 0 && !graph.isEmpty()) {
            entries = graph.takeAll();
        }
        return entries.isEmpty() ? spare.next(graph) : Optional.of(new Task.After(entries));
    }
}
