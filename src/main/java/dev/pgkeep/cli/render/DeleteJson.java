package dev.pgkeep.cli.render;

import dev.pgkeep.operation.retention.Delete;
import dev.pgkeep.repository.StoredBackup;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of {@code delete --json}: names of the backups that are gone, and what it freed. */
public record DeleteJson(Delete.Outcome outcome) implements Fields {
    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("deleted", outcome.removed().stream().map(StoredBackup::name).toList());
        fields.put("bytes", outcome.freedBytes());
        return fields;
    }
}
