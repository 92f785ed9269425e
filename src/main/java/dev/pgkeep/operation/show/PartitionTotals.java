package dev.pgkeep.operation.show;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.Manifest.Table;
import dev.pgkeep.format.manifest.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A thousand partitions are one table to those who use it. */
public final class PartitionTotals {
    private PartitionTotals() {}

    /** The tables by name, partitions added up under the table that they are parts of. */
    public static List<Table> folded(List<Table> tables) {
        Map<TableName, List<Table>> parts = new TreeMap<>();
        for (Table each : tables) {
            TableName root = each.partitionOf();
            parts.computeIfAbsent(root == null ? each.tableName() : root, name -> new ArrayList<>())
                    .add(each);
        }
        List<Table> folded = new ArrayList<>();
        parts.forEach(
                (name, all) -> folded.add(all.getFirst().partitionOf() == null ? all.getFirst() : sum(name, all)));
        return folded;
    }

    private static @Nullable Long sum(List<Table> parts, Function<Table, @Nullable Long> figure) {
        List<Long> known = parts.stream().map(figure).filter(Objects::nonNull).toList();
        return known.isEmpty()
                ? null
                : known.stream().mapToLong(Long::longValue).sum();
    }

    /** Why they were read whole, where all of them were for the same reason. */
    private static @Nullable String why(List<Table> parts) {
        String first = parts.getFirst().whole();
        return parts.stream().allMatch(each -> Objects.equals(each.whole(), first)) ? first : null;
    }

    private static Table sum(TableName root, List<Table> parts) {
        long rows = parts.stream().anyMatch(Table::hasRows)
                ? parts.stream().filter(Table::hasRows).mapToLong(Table::rows).sum()
                : -1;
        return new Table(
                root.schema(),
                root.name() + " (" + Sizes.count(parts.size(), "partition") + ")",
                rows,
                parts.stream().mapToLong(Table::bytes).sum(),
                null,
                null,
                sum(parts, Table::stored),
                sum(parts, Table::added),
                sum(parts, Table::read),
                why(parts));
    }
}
