package dev.pgkeep.postgres.catalog;

import dev.pgkeep.format.manifest.TableName;
import java.util.Optional;

/**
 * A table, or something like one, of the connected database.
 *
 * @param estimatedRows as the last ANALYZE saw it, else as statistics say; -1 when neither knows
 * @param bytes bytes with TOAST, without indexes; 0 for kinds that store nothing
 * @param blocks blocks of the heap alone
 * @param fileNode changes whenever the table is rewritten; 0 for kinds that store nothing
 * @param extension the extension it belongs to
 * @param extensionRows whether it belongs to an extension that asked for its rows to be dumped
 * @param hasColumns false for a table without any column, which can have rows nevertheless
 * @param rowSecurity whether policies may hide rows
 * @param rowSecurityForOwner whether they hide them from the owner too
 * @param readable whether the connected role may read it
 * @param partitionOf for a partition, the outermost partitioned table
 * @param rowsHidden whether policies would hide rows of it from the connected role
 */
public record TableInfo(
        TableName name,
        TableKind kind,
        long estimatedRows,
        long bytes,
        long blocks,
        long fileNode,
        String owner,
        Optional<String> extension,
        boolean extensionRows,
        boolean hasColumns,
        boolean rowSecurity,
        boolean rowSecurityForOwner,
        boolean unlogged,
        boolean readable,
        Optional<TableName> partitionOf,
        boolean rowsHidden) {

    public String schema() {
        return name.schema();
    }

    /** Whether pg_dump dumps rows of it. */
    public boolean hasDumpedRows() {
        return kind.storesRows() && (extension.isEmpty() || extensionRows);
    }
}
