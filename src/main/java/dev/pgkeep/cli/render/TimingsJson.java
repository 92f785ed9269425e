package dev.pgkeep.cli.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of a run went, in JSON.
 *
 * @param seconds of the whole run
 * @param cpuSeconds processor time of pgkeep's own process; null where the system does not tell
 * @param phases in the order in which they began
 * @param ranOn versions and processors
 */
public record TimingsJson(double seconds, @Nullable Double cpuSeconds, List<PhaseJson> phases, List<String> ranOn)
        implements Fields {
    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seconds", seconds);
        if (cpuSeconds != null) {
            fields.put("cpuSeconds", cpuSeconds);
        }
        fields.put("phases", phases.stream().map(TimingsJson::fields).toList());
        fields.put("ranOn", ranOn);
        return fields;
    }

    private static Map<String, Object> fields(PhaseJson phase) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", phase.name());
        fields.put("seconds", phase.seconds());
        fields.put("workSeconds", phase.workSeconds());
        if (phase.cpuSeconds() != null) {
            fields.put("cpuSeconds", phase.cpuSeconds());
        }
        return fields;
    }
}
