package dev.pgkeep.cli.render;

import dev.pgkeep.operation.cleanup.CleanupRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code cleanup --json} without a plan: those that are configured. */
@io.avaje.jsonb.Json
public record CleanupPlansJson(List<Plan> plans) {
    /** Which rows a plan means. */
    @io.avaje.jsonb.Json
    public record Plan(String name, String table, String where, @Nullable String description) {}

    public static CleanupPlansJson of(List<CleanupRule> rules) {
        return new CleanupPlansJson(rules.stream()
                .map(rule -> new Plan(
                        rule.name(),
                        rule.table(),
                        rule.shown(),
                        rule.description().orElse(null)))
                .toList());
    }
}
