package dev.pgkeep.cli.render;

import dev.pgkeep.base.error.PgkeepException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code backup --all --dry-run --json} prints.
 *
 * @param backups what would be done, one for each database
 * @param failed why some could not be made
 */
public record DryRunsJson(List<DryRunJson> backups, List<PgkeepException> failed) implements Fields {
    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dryRun", true);
        fields.put("backups", backups.stream().map(DryRunsJson::fields).toList());
        fields.put(
                "errors",
                ErrorJson.Details.of(failed).stream().map(DryRunsJson::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(DryRunJson each) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dryRun", each.dryRun());
        fields.put("backup", each.backup());
        fields.put("database", each.database());
        fields.put("notes", each.notes());
        return fields;
    }

    private static Map<String, Object> fields(ErrorJson.Details each) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", each.code());
        fields.put("message", each.message());
        fields.put("hint", each.hint());
        fields.put("exit", each.exit());
        return fields;
    }
}
