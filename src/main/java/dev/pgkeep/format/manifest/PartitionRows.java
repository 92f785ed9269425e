package dev.pgkeep.format.manifest;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows of partitions added up. Where a row may belong to another partition after a restore (hash partitions over an
 * enum), pg_dump writes the rows of all partitions under the name of the partitioned table.
 */
public final class PartitionRows {
    private PartitionRows() {}

    /**
     * The rows of each table, with those of some partitioned tables in one figure.
     *
     * @param roots the outermost partitioned table of each partition
     * @param together the partitioned tables whose partitions are added up
     */
    public static SortedMap<TableName, Long> added(
            Map<TableName, Long> rows, Map<TableName, TableName> roots, Set<TableName> together) {
        SortedMap<TableName, Long> added = new TreeMap<>();
        rows.forEach((table, count) -> {
            TableName root = roots.get(table);
            added.merge(root != null && together.contains(root) ? root : table, count, Long::sum);
        });
        return added;
    }
}
