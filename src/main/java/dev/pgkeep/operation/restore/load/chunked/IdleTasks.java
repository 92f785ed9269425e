package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.load.chunked.LoadSchedule.Task;
import dev.pgkeep.operation.restore.proof.ContentProof;
import dev.pgkeep.repository.contents.TableContents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The work that can be done with full tables by workers who would have to wait otherwise: planner statistics, once
 * nothing more will be made of a table, and reading the table for the proof, in small slices. Partitions of one table
 * go together, since their rows may have moved between them. Not for several threads.
 */
final class IdleTasks {
    private final PostLoadTasks wanted;
    private final Map<TableName, Tree> trees = new HashMap<>();
    private final Deque<Task.Proof> unread = new ArrayDeque<>();
    private final List<Tree> unanalyzed = new ArrayList<>();
    private int unloaded;

    /**
     * @param tables all that are loaded
     * @param isThere tells of a partitioned table whether it is restored with its partitions
     */
    IdleTasks(List<TableContents> tables, PostLoadTasks wanted, Predicate<TableName> isThere) {
        this.wanted = wanted;
        this.unloaded = tables.size();
        Map<TableName, Tree> byTop = new HashMap<>();
        for (TableContents table : tables) {
            Optional<TableName> root = table.root();
            Tree tree = byTop.computeIfAbsent(root.orElse(table.name()), Tree::new);
            tree.tables.add(table);
            tree.whole = root.filter(isThere).isPresent();
            trees.put(table.name(), tree);
        }
    }

    /** The rows of a table are in. */
    void loaded(TableName table) {
        unloaded--;
        Tree tree = trees.get(table);
        if (tree == null || ++tree.loaded < tree.tables.size()) {
            return;
        }
        if (wanted.proof()) {
            tree.tables.forEach(this::slice);
        }
        if (wanted.statistics()) {
            tree.analyzeAll();
            unanalyzed.add(tree);
        }
    }

    /** Whether there is nothing left, now and later. */
    boolean isEmpty() {
        return unloaded == 0 && unread.isEmpty() && unanalyzed.isEmpty();
    }

    /** The next piece of work that waits for nobody. Statistics first: several can share what is to be read. */
    Optional<Task> next(LoadGraph graph) {
        for (Iterator<Tree> left = unanalyzed.iterator(); left.hasNext(); ) {
            Tree tree = left.next();
            if (tree.isFinished(graph)) {
                Task task = new Task.Statistics(tree.names.removeFirst());
                if (tree.names.isEmpty()) {
                    left.remove();
                }
                return Optional.of(task);
            }
        }
        for (Iterator<Task.Proof> left = unread.iterator(); left.hasNext(); ) {
            Task.Proof slice = left.next();
            if (graph.isReadable(slice.table().name())) {
                left.remove();
                return Optional.of(slice);
            }
        }
        return Optional.empty();
    }

    private void slice(TableContents table) {
        for (int slice = 0; slice < ContentProof.slices(table); slice++) {
            unread.add(new Task.Proof(table, slice));
        }
    }

    /** A table, or all loaded partitions of one. */
    private static final class Tree {
        private final TableName top;
        private final List<TableContents> tables = new ArrayList<>();
        private final Deque<TableName> names = new ArrayDeque<>();
        private boolean whole;
        private int loaded;

        private Tree(TableName top) {
            this.top = top;
        }

        /** Statistics of a partitioned table bring those of its partitions along. */
        private void analyzeAll() {
            if (whole) {
                names.add(top);
            } else {
                tables.forEach(table -> names.add(table.name()));
            }
        }

        private boolean isFinished(LoadGraph graph) {
            return graph.isFinished(top) && tables.stream().allMatch(table -> graph.isFinished(table.name()));
        }
    }
}
