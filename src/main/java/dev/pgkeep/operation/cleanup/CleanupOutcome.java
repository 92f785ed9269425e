package dev.pgkeep.operation.cleanup;

import dev.pgkeep.format.rows.RowsWriter.Written;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The outcome of a cleanup: what was deleted.
 *
 * @param document the file with every row
 * @param batches transactions that it took
 * @param deleting how long the deletion took, pauses included
 */
public record CleanupOutcome(
        String safetyBackup, Path document, Written written, long deleted, int batches, Duration deleting) {}
