package dev.pgkeep.operation.diff;

import dev.pgkeep.operation.diff.TableDifference.Change;
import dev.pgkeep.operation.diff.TableDifference.Sample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts differences and keeps a few of them. */
final class DifferenceCounter implements RowChanges {
    private static final int LONGEST = 200;

    private final TablePair pair;
    private final int wanted;
    private final List<Sample> samples = new ArrayList<>();
    private final SortedMap<String, Long> columns = new TreeMap<>();
    private final long[] counts = new long[Change.values().length];

    /** @param wanted samples of each kind */
    DifferenceCounter(TablePair pair, int wanted) {
        this.pair = pair;
        this.wanted = wanted;
    }

    @Override
    public void removed(Row row) {
        if (isWanted(Change.REMOVED)) {
            samples.add(new Sample(Change.REMOVED, values(row, all()), Map.of()));
        }
    }

    @Override
    public void added(Row row) {
        if (isWanted(Change.ADDED)) {
            samples.add(new Sample(Change.ADDED, Map.of(), values(row, all())));
        }
    }

    @Override
    public void changed(Row before, Row after, BitSet different) {
        different.stream().forEach(each -> columns.merge(pair.columns().get(each), 1L, Long::sum));
        if (isWanted(Change.CHANGED)) {
            BitSet shown = new BitSet();
            pair.key().forEach(shown::set);
            shown.or(different);
            samples.add(new Sample(Change.CHANGED, values(before, shown), values(after, shown)));
        }
    }

    long count(Change change) {
        return counts[change.ordinal()];
    }

    SortedMap<String, Long> changedColumns() {
        return columns;
    }

    List<Sample> samples() {
        return samples.stream()
                .sorted(java.util.Comparator.comparing(Sample::change))
                .toList();
    }

    private boolean isWanted(Change change) {
        return counts[change.ordinal()]++ < wanted;
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, pair.columns().size());
        return all;
    }

    private Map<String, String> values(Row row, BitSet which) {
        Map<String, String> values = new LinkedHashMap<>();
        which.stream()
                .forEach(each ->
                        values.put(pair.columns().get(each), row.isNull(each) ? null : row.shown(each, LONGEST)));
        return values;
    }
}
