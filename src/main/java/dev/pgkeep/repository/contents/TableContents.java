package dev.pgkeep.repository.contents;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.pack.ChunkId;
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
 * @param trace by what a later backup knows it again; absent in backups of older versions
 * @param extents its blocks, in their order
 */
public record TableContents(
        TableName name,
        Optional<TableName> root,
        boolean loadThroughRoot,
        RowFormat format,
        List<Column> columns,
        long fileNode,
        Optional<Trace> trace,
        List<Extent> extents) {

    /** Extents whose rows' places lie in one chunk. */
    public static final int EXTENTS_OF_PLACES = 64;

    /** Contents of a table that a later backup reads whole. */
    public TableContents(
            TableName name,
            Optional<TableName> root,
            boolean loadThroughRoot,
            RowFormat format,
            List<Column> columns,
            long fileNode,
            List<Extent> extents) {
        this(name, root, loadThroughRoot, format, columns, fileNode, Optional.empty(), extents);
    }

    public TableContents {
        columns = List.copyOf(columns);
        extents = List.copyOf(extents);
    }

    /** A stored column; the type as format_type prints it. */
    public record Column(String name, String type) {}

    /**
     * By what a later backup knows a table again, and finds out what changed in it.
     *
     * @param oid its OID
     * @param signature of all that decides how its stored rows are read, 32 hexadecimal digits
     * @param places chunks that tell where the rows lie, for {@value #EXTENTS_OF_PLACES} extents each, in their order
     */
    public record Trace(long oid, String signature, List<ChunkId> places) {
        public Trace {
            places = List.copyOf(places);
        }
    }

    /** This table with other extents. */
    public TableContents withExtents(List<Extent> others) {
        return new TableContents(name, root, loadThroughRoot, format, columns, fileNode, trace, others);
    }

    /** Count and content of all its rows. */
    public RowHash content() {
        return extents.stream().map(Extent::content).reduce(RowHash.EMPTY, RowHash::plus);
    }
}
