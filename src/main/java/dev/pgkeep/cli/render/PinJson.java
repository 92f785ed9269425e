package dev.pgkeep.cli.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of {@code pin --json} and {@code unpin --json}.
 *
 * @param backups names of the backups that were marked
 * @param pinned whether they are pinned now
 */
public record PinJson(List<String> backups, boolean pinned) implements Fields {
    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("backups", backups);
        fields.put("pinned", pinned);
        return fields;
    }
}
