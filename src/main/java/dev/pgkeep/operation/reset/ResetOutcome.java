package dev.pgkeep.operation.reset;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.migrations.AppliedMigrations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The outcome of a reset that went well.
 *
 * @param safetyBackup the way back; empty when there never was anything to lose
 * @param took how long each step ran, by its name
 * @param rows rows of every table that is there now
 * @param migrations what is applied now
 * @param notes what is not as it was before, one line each
 */
public record ResetOutcome(
        Target target,
        Optional<String> safetyBackup,
        Map<String, Duration> took,
        SortedMap<TableName, Long> rows,
        List<AppliedMigrations> migrations,
        List<String> notes) {

    public long totalRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
