package dev.pgkeep.cli.render;

import dev.pgkeep.operation.cleanup.CleanupOutcome;
import dev.pgkeep.operation.cleanup.CleanupPreview;
import dev.pgkeep.operation.cleanup.DeletedTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code cleanup --json}.
 *
 * @param executed whether the rows were deleted
 * @param tables of which rows go, in the order of deletion
 * @param changed rows that stay and lose what they refer to
 * @param obstacles why it cannot be done
 * @param document the file that holds the rows
 * @param sha256 of that document, as it says itself
 */
@io.avaje.jsonb.Json
public record CleanupJson(
        boolean executed,
        String database,
        String server,
        List<Plan> plans,
        List<Table> tables,
        List<Changed> changed,
        long rows,
        List<String> obstacles,
        List<String> warnings,
        @Nullable String safetyBackup,
        @Nullable String document,
        @Nullable String sha256,
        int batches,
        double seconds) {

    /** The condition on one table by which rows were meant. */
    @io.avaje.jsonb.Json
    public record Plan(String name, String table, String where) {}

    /** Rows of a table: how many, how many of them were meant, by which foreign keys the others were found. */
    @io.avaje.jsonb.Json
    public record Table(String table, long rows, long meant, List<Way> via, List<Map<String, String>> samples) {}

    /** Rows that refer to others by a foreign key. */
    @io.avaje.jsonb.Json
    public record Way(String foreignKey, String onDelete, long rows) {}

    /** Rows that a foreign key changes. */
    @io.avaje.jsonb.Json
    public record Changed(String table, String foreignKey, String onDelete, List<String> columns, long rows) {}

    public static CleanupJson planned(CleanupPreview preview) {
        return of(preview, false, null, null, null, 0, 0);
    }

    public static CleanupJson done(CleanupPreview preview, CleanupOutcome outcome) {
        return of(
                preview,
                true,
                outcome.safetyBackup(),
                outcome.document().toString(),
                outcome.written().sha256(),
                outcome.batches(),
                outcome.deleting().toMillis() / 1000.0);
    }

    private static CleanupJson of(
            CleanupPreview preview,
            boolean executed,
            @Nullable String safety,
            @Nullable String document,
            @Nullable String sha256,
            int batches,
            double seconds) {
        return new CleanupJson(
                executed,
                preview.target().database(),
                preview.target().describeServer(),
                preview.rules().stream()
                        .map(rule -> new Plan(rule.name(), rule.table(), rule.shown()))
                        .toList(),
                preview.tables().stream().map(CleanupJson::table).toList(),
                preview.changed().stream()
                        .map(each -> new Changed(
                                each.relation().name().toString(),
                                each.key().name(),
                                each.key().onDelete().text(),
                                each.key().sets(),
                                each.rows().count()))
                        .toList(),
                preview.rows(),
                preview.obstacles(),
                preview.warnings(),
                safety,
                document,
                sha256,
                batches,
                seconds);
    }

    private static Table table(DeletedTable each) {
        return new Table(
                each.relation().name().toString(),
                each.rows().count(),
                each.meant(),
                each.ways().entrySet().stream()
                        .map(way -> new Way(
                                way.getKey().name(), way.getKey().onDelete().text(), way.getValue()))
                        .toList(),
                each.samples());
    }
}
