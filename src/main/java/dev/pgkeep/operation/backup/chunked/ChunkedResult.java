package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.TableName;
import java.util.Map;

/**
 * The result of a dump into chunks.
 *
 * @param chunks where the backup begins, for its metadata
 * @param tables every table whose rows are in it; of extensions' configuration tables, whose rows stay with pg_dump,
 *     none
 */
public record ChunkedResult(Manifest.Chunks chunks, Map<TableName, Stored> tables) {
    /**
     * The result for one table.
     *
     * @param content its rows
     * @param bytes their chunks as stored
     * @param added of these, what was not there before
     */
    public record Stored(RowHash content, long bytes, long added) {}
}
