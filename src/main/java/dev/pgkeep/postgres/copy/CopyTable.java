package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.ColumnHint;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.manifest.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A table as it is to be copied.
 *
 * @param oid its OID
 * @param root the partitioned table at the top of its tree, where it is a partition
 * @param loadThroughRoot whether rows must be loaded through the root
 * @param format BINARY, unless a column's type has no binary form that is safe to carry over
 * @param columns to copy, in their order: neither dropped nor generated
 * @param fileNode relfilenode in the snapshot
 * @param blocks blocks of the heap, when the snapshot was taken or later (rows of later blocks are invisible), or
 *     {@link #UNMEASURED}
 * @param access how its rows can be read
 * @param bytes bytes of heap and TOAST, 0 where not measured; what the order of work goes by
 * @param toastBytes of these, TOAST; as much as can be where not measured, since values may be wide then
 * @param extension the table belongs to an extension's configuration: its rows stay with pg_dump
 */
public record CopyTable(
        TableName name,
        long oid,
        Optional<TableName> root,
        boolean loadThroughRoot,
        RowFormat format,
        List<CopyColumn> columns,
        long fileNode,
        long blocks,
        RowAccess access,
        long bytes,
        long toastBytes,
        boolean extension) {
    /** The number of blocks when nobody knows it: never to be taken for none. */
    static final long UNMEASURED = -1;

    public CopyTable {
        columns = List.copyOf(columns);
    }

    /** This table with other columns, in another form. */
    public CopyTable reading(List<CopyColumn> others, RowFormat form) {
        return new CopyTable(
                name, oid, root, loadThroughRoot, form, others, fileNode, blocks, access, bytes, toastBytes, extension);
    }

    /** Whether its rows can be read by runs of blocks. */
    public boolean blockRanges() {
        return access == RowAccess.BLOCKS;
    }

    /** The bytes of the table that fall to a range of it. */
    public long bytesOf(BlockRange range) {
        long in = range.open() ? blocks - range.first() : range.blocks();
        return blocks <= 0 || !blockRanges() ? bytes : (long) (bytes * ((double) in / blocks));
    }

    /** This table, read in another way. */
    CopyTable by(RowAccess other) {
        return new CopyTable(
                name,
                oid,
                root,
                loadThroughRoot,
                format,
                columns,
                fileNode,
                blocks,
                other,
                bytes,
                toastBytes,
                extension);
    }

    /** This table with other sizes, of the heap and of TOAST. */
    CopyTable withSizes(long heapBlocks, long heap, long toast) {
        return new CopyTable(
                name,
                oid,
                root,
                loadThroughRoot,
                format,
                columns,
                fileNode,
                heapBlocks,
                access,
                heap + toast,
                toast,
                extension);
    }

    /** The names of the columns, which {@link TableWriter} needs to put the rows back. */
    public List<String> columnNames() {
        return columns.stream().map(CopyColumn::name).toList();
    }

    /** The name under which content is compared: the root's where it is a partition. */
    public TableName contentName() {
        return root.orElse(name);
    }

    /**
     * @param type as format_type prints it
     * @param toastable whether a value may be wide
     * @param send the type's binary output function, quoted and schema-qualified; for reading wide values in pieces
     */
    public record CopyColumn(String name, String type, ColumnHint hint, boolean toastable, String send) {}
}
