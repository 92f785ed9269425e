package dev.pgkeep.cli.render;

import dev.pgkeep.operation.retention.RetentionPlan;
import java.util.List;

/** The result of {@code prune --json}. */
@io.avaje.jsonb.Json
public record PruneJson(String database, boolean dryRun, List<DecisionJson> plan, List<String> removed, long bytes) {
    /** One backup of the plan. */
    @io.avaje.jsonb.Json
    public record DecisionJson(String backup, boolean keep, String reason, long bytes) {}

    public static PruneJson of(RetentionPlan plan, List<String> removed, boolean dryRun) {
        return new PruneJson(
                plan.database(),
                dryRun,
                plan.decisions().stream()
                        .map(each -> new DecisionJson(
                                each.backup().name(),
                                each.keep(),
                                each.reason(),
                                each.backup().bytes()))
                        .toList(),
                removed,
                plan.removedBytes());
    }
}
