package dev.pgkeep.postgres.relations;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** The order of tables by their foreign keys: which are reached from which, and in which order rows can go; pure. */
public final class RelationGraph {
    private final Relations relations;

    public RelationGraph(Relations relations) {
        this.relations = relations;
    }

    /** The tables whose rows may go with rows of these, these first. */
    public List<Relation> reachable(Collection<Relation> from) {
        Set<Long> found = new LinkedHashSet<>();
        Queue<Long> open = new ArrayDeque<>();
        from.forEach(each -> open.add(each.oid()));
        while (!open.isEmpty()) {
            long next = open.remove();
            if (found.add(next)) {
                relations.foreignKeys().stream()
                        .filter(key -> key.parent() == next && !key.onDelete().keepsRows())
                        .forEach(key -> open.add(key.child()));
            }
        }
        return found.stream().map(relations::of).toList();
    }

    /**
     * Groups of tables, each before those it refers to. Tables that refer to each other in a circle are one group:
     * their rows can only go, and come, in one statement.
     */
    public List<List<Relation>> childrenFirst(Collection<Relation> tables) {
        return new Components(tables).find();
    }

    /** Whether rows of a group refer to each other, directly or in a circle. */
    public boolean isCyclic(List<Relation> group) {
        return group.size() > 1
                || relations.foreignKeys().stream()
                        .anyMatch(key -> key.isToItself()
                                && key.child() == group.getFirst().oid());
    }

    /** Strongly connected components by Tarjan, without recursion: chains of tables may be long. */
    private final class Components {
        private final Map<Long, List<Long>> children = new HashMap<>();
        private final Map<Long, Integer> index = new HashMap<>();
        private final Map<Long, Integer> low = new HashMap<>();
        private final Deque<Long> stack = new ArrayDeque<>();
        private final Set<Long> onStack = new LinkedHashSet<>();
        private final List<List<Relation>> found = new ArrayList<>();

        private record Visit(long node, int next) {}

        Components(Collection<Relation> tables) {
            tables.stream()
                    .sorted(Comparator.comparing(Relation::name))
                    .forEach(each -> children.put(each.oid(), new ArrayList<>()));
            relations.foreignKeys().stream()
                    .filter(key -> children.containsKey(key.child()) && children.containsKey(key.parent()))
                    .forEach(key ->
                            children.getOrDefault(key.parent(), List.of()).add(key.child()));
        }

        List<List<Relation>> find() {
            children.keySet().stream()
                    .sorted(Comparator.comparing(oid -> relations.of(oid).name()))
                    .filter(oid -> !index.containsKey(oid))
                    .forEach(this::from);
            return found;
        }

        private void from(long root) {
            Deque<Visit> visits = new ArrayDeque<>();
            visits.push(open(root));
            while (!visits.isEmpty()) {
                Visit visit = visits.pop();
                List<Long> targets = children.getOrDefault(visit.node(), List.of());
                if (visit.next() < targets.size()) {
                    long target = targets.get(visit.next());
                    visits.push(new Visit(visit.node(), visit.next() + 1));
                    if (!index.containsKey(target)) {
                        visits.push(open(target));
                    } else if (onStack.contains(target)) {
                        low.merge(visit.node(), index.getOrDefault(target, 0), Math::min);
                    }
                } else {
                    close(visit.node());
                    if (!visits.isEmpty()) {
                        low.merge(visits.element().node(), low.getOrDefault(visit.node(), 0), Math::min);
                    }
                }
            }
        }

        private Visit open(long node) {
            int number = index.size();
            index.put(node, number);
            low.put(node, number);
            stack.push(node);
            onStack.add(node);
            return new Visit(node, 0);
        }

        private void close(long node) {
            if (!index.getOrDefault(node, 0).equals(low.getOrDefault(node, 0))) {
                return;
            }
            List<Relation> component = new ArrayList<>();
            long member;
            do {
                member = stack.pop();
                onStack.remove(member);
                component.add(relations.of(member));
            } while (member != node);
            component.sort(Comparator.comparing(Relation::name));
            found.add(component);
        }
    }
}
