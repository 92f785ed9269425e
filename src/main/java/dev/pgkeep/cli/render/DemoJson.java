package dev.pgkeep.cli.render;

import dev.pgkeep.operation.demo.DemoResult;
import dev.pgkeep.operation.demo.Figure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code demo --json}; a figure that is absent is gone. */
@io.avaje.jsonb.Json
public record DemoJson(
        String server,
        int tables,
        long rows,
        boolean restored,
        Fingerprints content,
        List<Row> figures,
        double seconds,
        List<Step> steps) {

    /** Hash over all rows at three moments. */
    @io.avaje.jsonb.Json
    public record Fingerprints(String before, String damaged, String restored) {}

    /** One figure of the shop at three moments. */
    @io.avaje.jsonb.Json
    public record Row(
            String name,
            @Nullable String before,
            @Nullable String damaged,
            @Nullable String restored) {}

    /** One step and how long it took. */
    @io.avaje.jsonb.Json
    public record Step(String step, double seconds) {}

    public static DemoJson of(DemoResult result) {
        return new DemoJson(
                result.server(),
                result.tables(),
                result.rows(),
                result.isRestored(),
                new Fingerprints(result.contentBefore(), result.contentDamaged(), result.contentRestored()),
                rows(result.figures()),
                result.seconds(),
                result.steps().stream()
                        .map(timing -> new Step(timing.step(), timing.seconds()))
                        .toList());
    }

    private static List<Row> rows(List<List<Figure>> moments) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < moments.getFirst().size(); i++) {
            int at = i;
            List<@Nullable String> values = new ArrayList<>();
            moments.forEach(moment -> values.add(moment.get(at).value().orElse(null)));
            rows.add(new Row(moments.getFirst().get(i).name(), values.get(0), values.get(1), values.get(2)));
        }
        return rows;
    }
}
