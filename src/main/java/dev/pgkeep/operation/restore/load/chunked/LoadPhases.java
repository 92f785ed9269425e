package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ArchiveListing.Phase;
import dev.pgkeep.postgres.dump.ArchiveListing.Section;
import dev.pgkeep.repository.contents.TableContents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Sorts the entries of an archive into the phases of a load, and says what those behind the rows wait for. */
final class LoadPhases {
    /** The entries that lock their own table alone; everything else may reach partitions, too. */
    private static final Set<String> ON_ONE_TABLE = Set.of("CONSTRAINT", "CHECK CONSTRAINT", "STATISTICS");

    /** The entries that reach the tables of the indexes and keys that they need, too. */
    private static final Set<String> REACHING = Set.of("FK CONSTRAINT", "INDEX ATTACH");
    /** The entries that read all rows of their tables. */
    private static final Set<String> READING = Set.of("INDEX", "CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT");

    private final List<Entry> entries;
    private final Map<Integer, Entry> byId = new HashMap<>();
    private final Map<TableName, TableContents> contents = new HashMap<>();
    private final Map<TableName, Set<TableName>> trees = new HashMap<>();
    private final Map<TableName, TableName> parents = new HashMap<>();
    private final ToLongFunction<TableName> bytes;

    /**
     * @param entries what is to be restored, in the order of the archive
     * @param tables tables whose rows come from elsewhere
     * @param bytes how much a table holds
     */
    public LoadPhases(List<Entry> entries, Collection<TableContents> tables, ToLongFunction<TableName> bytes) {
        this.entries = entries;
        this.bytes = bytes;
        entries.forEach(entry -> byId.put(entry.id(), entry));
        tables.forEach(table -> contents.put(table.name(), table));
        entries.stream().filter(entry -> entry.type().equals("TABLE ATTACH")).forEach(this::attach);
        tables.forEach(table -> table.root().ifPresent(root -> join(table.name(), root)));
    }

    /** Whether the archive tells enough for all this. */
    public boolean isKnown() {
        return entries.stream().allMatch(entry -> entry.section().isPresent());
    }

    List<Entry> before() {
        return ArchiveListing.in(Phase.BEFORE, entries);
    }

    /** Rows that the archive alone holds, large objects, values of sequences. */
    List<Entry> data() {
        return ArchiveListing.in(Phase.ROWS, entries).stream()
                .filter(entry -> !entry.type().equals("TABLE DATA") || !contents.containsKey(entry.named()))
                .toList();
    }

    /** Rights, then what must come last. */
    List<Entry> last() {
        return ArchiveListing.in(Phase.LAST, entries);
    }

    boolean isTable(TableName name) {
        return entries.stream()
                .anyMatch(entry -> entry.type().equals("TABLE") && entry.named().equals(name));
    }

    /** The steps that are made after the rows. */
    List<LoadGraph.Step> after() {
        List<Entry> after = ArchiveListing.in(Phase.AFTER, entries);
        Set<Integer> ids = new HashSet<>();
        after.forEach(entry -> ids.add(entry.id()));
        return after.stream().map(entry -> step(entry, ids)).toList();
    }

    private LoadGraph.Step step(Entry entry, Set<Integer> ids) {
        Set<Integer> after = new HashSet<>(entry.dependsOn());
        after.addAll(sameTriggersAbove(entry));
        after.retainAll(ids);
        Set<TableName> tables = tables(entry);
        boolean index = entry.type().equals("INDEX");
        boolean alone = index || ON_ONE_TABLE.contains(entry.type());
        Set<TableName> reached = alone ? tables : trees(tables);
        Set<TableName> rows = new HashSet<>(reached);
        if (isOfDomain(entry)) {
            // Any table may have columns of it, and rows that it refuses.
            rows.addAll(contents.keySet());
        }
        // Rows that go through the root may end up in any leaf.
        tables.stream().filter(this::isLoadedThroughRoot).forEach(table -> rows.addAll(trees(Set.of(table))));
        return new LoadGraph.Step(
                entry,
                after,
                rows,
                index ? Set.of() : reached,
                index ? reached : Set.of(),
                READING.contains(entry.type())
                        ? tables.stream().mapToLong(bytes).sum()
                        : 0);
    }

    private static boolean isOfDomain(Entry entry) {
        return entry.type().equals("CHECK CONSTRAINT") && entry.table().isEmpty();
    }

    /**
     * The triggers of the tables above that a trigger of a partition may come from: what the archive says of that one
     * alone is whether it fires, which presumes that it is there.
     */
    private Set<Integer> sameTriggersAbove(Entry entry) {
        if (!entry.type().equals("TRIGGER") || entry.table().isEmpty()) {
            return Set.of();
        }
        Set<Integer> found = new HashSet<>();
        TableName table = entry.table().get();
        String name = entry.name()
                .substring(Math.min(entry.name().length(), table.name().length()));
        Set<TableName> seen = new HashSet<>();
        for (TableName each = parents.get(table); each != null && seen.add(each); each = parents.get(each)) {
            TableName above = each;
            entries.stream()
                    .filter(other -> other.type().equals("TRIGGER")
                            && other.table().filter(above::equals).isPresent()
                            && other.name().equals(above.name() + name))
                    .forEach(other -> found.add(other.id()));
        }
        return found;
    }

    private boolean isLoadedThroughRoot(TableName table) {
        return trees(Set.of(table)).stream()
                .map(contents::get)
                .filter(Objects::nonNull)
                .anyMatch(TableContents::loadThroughRoot);
    }

    /** Tables that an entry is about: its own, and those that it depends on. */
    private Set<TableName> tables(Entry entry) {
        Set<TableName> tables = new HashSet<>();
        entry.table().ifPresent(tables::add);
        for (Entry needed : dependencies(entry)) {
            if (needed.type().equals("TABLE")) {
                tables.add(needed.named());
            } else if (REACHING.contains(entry.type()) && isIn(needed, Section.POST_DATA)) {
                needed.table().ifPresent(tables::add);
                dependencies(needed).stream()
                        .filter(each -> each.type().equals("TABLE"))
                        .forEach(each -> tables.add(each.named()));
            }
        }
        return tables;
    }

    private Set<TableName> trees(Set<TableName> tables) {
        Set<TableName> all = new HashSet<>();
        tables.forEach(table -> all.addAll(trees.getOrDefault(table, Set.of(table))));
        return all;
    }

    private void attach(Entry attach) {
        List<TableName> tables = dependencies(attach).stream()
                .filter(each -> each.type().equals("TABLE"))
                .map(Entry::named)
                .toList();
        tables.forEach(table -> join(attach.named(), table));
        tables.stream()
                .filter(table -> !table.equals(attach.named()))
                .forEach(table -> parents.put(attach.named(), table));
    }

    private void join(TableName one, TableName other) {
        Set<TableName> joined = new HashSet<>(trees.getOrDefault(one, Set.of(one)));
        joined.addAll(trees.getOrDefault(other, Set.of(other)));
        joined.forEach(table -> trees.put(table, joined));
    }

    private List<Entry> dependencies(Entry entry) {
        List<Entry> found = new ArrayList<>();
        for (Integer id : entry.dependsOn()) {
            Entry needed = byId.get(id);
            if (needed != null) {
                found.add(needed);
            }
        }
        return found;
    }

    private static boolean isIn(Entry entry, Section section) {
        return entry.section().filter(section::equals).isPresent();
    }
}
