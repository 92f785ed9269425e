package dev.pgkeep.cli.render;

import dev.pgkeep.operation.cleanup.CleanupRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of {@code cleanup --json} without a plan: those that are configured. */
public record CleanupPlansJson(List<CleanupRule> plans) implements Fields {
    @Override
    public Map<String, Object> fields() {
        return Map.of("plans", plans.stream().map(CleanupPlansJson::fields).toList());
    }

    private static Map<String, Object> fields(CleanupRule rule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", rule.name());
        fields.put("table", rule.table());
        fields.put("where", rule.shown());
        rule.description().ifPresent(text -> fields.put("description", text));
        return fields;
    }
}
