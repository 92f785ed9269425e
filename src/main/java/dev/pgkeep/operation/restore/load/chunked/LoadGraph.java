package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what is to be made after the rows (indexes, constraints, triggers, …), and what may be made right now: when
 * everything it depends on is there, when the rows of its tables are in, and when nobody is at work whose locks it
 * would have to wait for. Follows the dependencies of the archive, as pg_restore does. Not for several threads.
 */
final class LoadGraph {
    /** The bytes of its table from which on an entry is worth a process of its own. */
    static final long BIG = 16L << 20;

    private static final int MOST_IN_A_BATCH = 400;

    /**
     * An entry and what it waits for.
     *
     * @param after entries of this graph that must be there
     * @param rows tables whose rows must be in
     * @param exclusive tables that it locks against everybody
     * @param shared tables that it locks against changes
     * @param weight bytes that it has to read
     */
    record Step(
            Entry entry,
            Set<Integer> after,
            Set<TableName> rows,
            Set<TableName> exclusive,
            Set<TableName> shared,
            long weight) {
        boolean conflicts(Step other) {
            return meet(exclusive, other.exclusive) || meet(exclusive, other.shared) || meet(shared, other.exclusive);
        }

        /** Whether the step keeps everybody from reading that table; a foreign key does not. */
        boolean locksOut(TableName table) {
            return exclusive.contains(table) && !entry.type().equals("FK CONSTRAINT");
        }

        private Set<TableName> tables() {
            Set<TableName> all = new HashSet<>(rows);
            all.addAll(exclusive);
            all.addAll(shared);
            return all;
        }

        private static boolean meet(Set<TableName> some, Set<TableName> others) {
            return some.stream().anyMatch(others::contains);
        }
    }

    private final Map<Integer, Step> waiting = new LinkedHashMap<>();
    private final Map<Integer, Step> running = new HashMap<>();
    private final Set<TableName> unloaded;
    /** The number of steps that concern a table and are not done. */
    private final Map<TableName, Integer> open = new HashMap<>();

    /**
     * @param steps in the order of the archive
     * @param unloaded tables whose rows are not in yet
     */
    LoadGraph(Collection<Step> steps, Collection<TableName> unloaded) {
        for (Step step : steps) {
            waiting.put(step.entry().id(), step);
            step.tables().forEach(table -> open.merge(table, 1, Integer::sum));
        }
        this.unloaded = new HashSet<>(unloaded);
    }

    /** The rows of a table are in. */
    void loaded(TableName table) {
        unloaded.remove(table);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether nobody is at work who keeps others from reading the table. */
    boolean isReadable(TableName table) {
        return running.values().stream().noneMatch(step -> step.locksOut(table));
    }

    /** Whether everything is made that concerns a table. */
    boolean isFinished(TableName table) {
        return !open.containsKey(table);
    }

    /** The biggest entry that may be made now, if it is big; empty otherwise. */
    List<Entry> takeBig() {
        return waiting.values().stream()
                .filter(step -> step.weight() >= BIG && isReady(step, Set.of()))
                .max(Comparator.comparingLong(Step::weight))
                .map(step -> start(List.of(step)))
                .orElse(List.of());
    }

    /**
     * A fair share of the small entries that may be made now, in an order that goes; empty when there are fewer than
     * asked for.
     */
    List<Entry> takeSmall(int atLeast, int workers) {
        List<Step> ready = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (Step step : waiting.values()) {
            if (step.weight() < BIG && isReady(step, ids)) {
                ready.add(step);
                ids.add(step.entry().id());
            }
        }
        if (ready.isEmpty() || ready.size() < atLeast) {
            return List.of();
        }
        int share = Math.clamp((ready.size() + workers - 1) / workers, 1, MOST_IN_A_BATCH);
        return start(ready.subList(0, share));
    }

    /** Takes everything that is left, in the order of the archive: for when nothing may be made by the rules above. */
    List<Entry> takeAll() {
        return start(List.copyOf(waiting.values()));
    }

    void done(Collection<Entry> entries) {
        for (Entry entry : entries) {
            Step step = running.remove(entry.id());
            if (step != null) {
                step.tables()
                        .forEach(table -> open.computeIfPresent(table, (name, left) -> left == 1 ? null : left - 1));
            }
        }
    }

    private List<Entry> start(List<Step> steps) {
        for (Step step : steps) {
            waiting.remove(step.entry().id());
            running.put(step.entry().id(), step);
        }
        return steps.stream().map(Step::entry).toList();
    }

    private boolean isReady(Step step, Set<Integer> before) {
        for (Integer id : step.after()) {
            if (running.containsKey(id) || waiting.containsKey(id) && !before.contains(id)) {
                return false;
            }
        }
        return step.rows().stream().noneMatch(unloaded::contains)
                && running.values().stream().noneMatch(step::conflicts);
    }
}
