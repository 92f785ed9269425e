package dev.pgkeep.operation.refresh.masking;

import dev.pgkeep.format.manifest.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A table, as far as masking has to know it. A partitioned table stands for all its partitions; a table that inherits
 * from others stands for its own rows.
 *
 * @param partitioned whether it is one of partitions
 * @param partitionOf the outermost partitioned table, where it is a partition
 * @param parents tables that it inherits columns from, nearest first
 * @param columns in their order
 */
public record TableShape(
        TableName name,
        boolean partitioned,
        Optional<TableName> partitionOf,
        List<TableName> parents,
        List<ColumnShape> columns) {
    public TableShape {
        parents = List.copyOf(parents);
        columns = List.copyOf(columns);
    }
}
