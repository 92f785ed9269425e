package dev.pgkeep.cli.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of {@code completion --json}.
 *
 * @param shell {@code bash} or {@code zsh}
 * @param lines the script that this shell is to read
 */
public record CompletionJson(String shell, List<String> lines) implements Fields {
    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("shell", shell);
        fields.put("lines", lines);
        return fields;
    }
}
