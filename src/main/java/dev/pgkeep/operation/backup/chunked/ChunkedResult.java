package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.Lineage;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.incremental.TableSignatures;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a dump into chunks.
 *
 * @param chunks where the backup begins, for its metadata
 * @param tables every table whose rows are in it; of extensions' configuration tables, whose rows stay with pg_dump,
 *     none
 * @param signatures by which its tables are known again
 * @param comparedWith the backup before, where all rows were read and held against it
 * @param contradictions extents that differ from the backup before although no transaction changed them
 */
public record ChunkedResult(
        Manifest.Chunks chunks,
        Map<TableName, Stored> tables,
        TableSignatures signatures,
        Optional<String> comparedWith,
        List<Contradiction> contradictions) {
    /** This result of a snapshot whose place in the history of its server is known. */
    public ChunkedResult at(Lineage lineage) {
        return new ChunkedResult(chunks.at(lineage), tables, signatures, comparedWith, contradictions);
    }

    /**
     * The result for one table.
     *
     * @param content its rows
     * @param bytes their chunks as stored
     * @param added of these, what was not there before
     * @param read bytes of it on the server that were read
     * @param whole why all of it was read; empty where only what changed was
     */
    public record Stored(RowHash content, long bytes, long added, long read, Optional<String> whole) {}
}
