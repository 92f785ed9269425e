package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which rows come.
 *
 * @param parentsFirst tables, each behind those it refers to, as far as there is no circle
 * @param isCircular whether several tables refer to each other in a circle
 */
record RowOrder(List<TableName> parentsFirst, boolean isCircular) {
    private record Visit(TableName table, Iterator<TableName> parents) {}

    static RowOrder of(List<TablePair> pairs) {
        Map<TableName, List<TableName>> parents = new HashMap<>();
        pairs.forEach(pair -> parents.put(
                pair.name(),
                pair.shape().references().stream()
                        .map(TableShape.Reference::parent)
                        .filter(each -> !each.equals(pair.name()))
                        .toList()));
        List<TableName> order = new ArrayList<>();
        Set<TableName> seen = new HashSet<>();
        Set<TableName> open = new HashSet<>();
        boolean circular = false;
        for (TablePair pair : pairs) {
            Deque<Visit> visits = new ArrayDeque<>();
            if (seen.add(pair.name())) {
                open.add(pair.name());
                visits.push(new Visit(
                        pair.name(),
                        parents.getOrDefault(pair.name(), List.of()).iterator()));
            }
            while (!visits.isEmpty()) {
                Visit visit = visits.element();
                if (!visit.parents().hasNext()) {
                    order.add(visit.table());
                    open.remove(visit.table());
                    visits.pop();
                    continue;
                }
                TableName parent = visit.parents().next();
                circular |= open.contains(parent);
                if (parents.containsKey(parent) && seen.add(parent)) {
                    open.add(parent);
                    visits.push(new Visit(
                            parent, parents.getOrDefault(parent, List.of()).iterator()));
                }
            }
        }
        return new RowOrder(List.copyOf(order), circular);
    }
}
