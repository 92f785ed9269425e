package dev.pgkeep.repository.contents;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one table.
 *
 * @param name the table
 * @param root the partitioned table at the top of its tree, where it is a partition
 * @param loadThroughRoot whether rows must be loaded through the root, because they may belong to another leaf after a
 *     restore (hash partitions over enums, text under another collation)
 * @param format in which form rows are stored
 * @param columns stored columns, in their order
 * @param fileNode relfilenode in the snapshot; tells later whether the table was rewritten
 * @param extents its blocks, in their order
 */
public record TableContents(
        TableName name,
        Optional<TableName> root,
        boolean loadThroughRoot,
        RowFormat format,
        List<Column> columns,
        long fileNode,
        List<Extent> extents) {

    public TableContents {
        columns = List.copyOf(columns);
        extents = List.copyOf(extents);
    }

    /** A stored column; the type as format_type prints it. */
    public record Column(String name, String type) {}

    /** This table with other extents. */
    public TableContents withExtents(List<Extent> others) {
        return new TableContents(name, root, loadThroughRoot, format, columns, fileNode, others);
    }

    /** Count and content of all its rows. */
    public RowHash content() {
        return extents.stream().map(Extent::content).reduce(RowHash.EMPTY, RowHash::plus);
    }
}
