package dev.pgkeep.cli.render;

import dev.pgkeep.operation.reset.ResetOutcome;
import dev.pgkeep.operation.reset.ResetPlan;
import dev.pgkeep.operation.reset.SeedCommand;
import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code reset --json}, and its plan with {@code --dry-run}.
 *
 * @param way {@code create}, {@code replace} or {@code clean}
 * @param lost what was there before
 * @param steps the commands that filled it again, in order
 * @param tables rows by table as they are now; empty after a dry run
 */
@io.avaje.jsonb.Json
public record ResetJson(
        boolean dryRun,
        String database,
        String server,
        String way,
        Lost lost,
        @Nullable String safetyBackup,
        List<Ran> steps,
        Map<String, Long> tables,
        double seconds,
        List<String> notes) {

    /**
     * The content that a reset takes: tables with rows, rows as the server estimates them, bytes, other people's
     * connections.
     */
    @io.avaje.jsonb.Json
    public record Lost(int tables, long rows, long bytes, int connections) {}

    /** A command; how long it ran, 0 after a dry run. */
    @io.avaje.jsonb.Json
    public record Ran(String name, String command, double seconds) {}

    public static ResetJson planned(ResetPlan plan) {
        return of(plan, true, null, Map.of(), Map.of(), Duration.ZERO, List.of());
    }

    public static ResetJson done(ResetPlan plan, ResetOutcome outcome, Duration took) {
        return of(
                plan,
                false,
                outcome.safetyBackup().orElse(null),
                outcome.took(),
                outcome.rows().entrySet().stream()
                        .collect(Collectors.toMap(each -> each.getKey().toString(), Map.Entry::getValue)),
                took,
                outcome.notes());
    }

    private static ResetJson of(
            ResetPlan plan,
            boolean dryRun,
            @Nullable String safety,
            Map<String, Duration> times,
            Map<String, Long> tables,
            Duration took,
            List<String> notes) {
        return new ResetJson(
                dryRun,
                plan.database(),
                plan.emptying().target().describeServer(),
                plan.emptying().way().name().toLowerCase(Locale.ROOT),
                plan.emptying().existing().map(ResetJson::lost).orElse(new Lost(0, 0, 0, 0)),
                safety,
                plan.steps().stream()
                        .map(step -> new Ran(step.name(), step.command(), seconds(times, step)))
                        .toList(),
                new java.util.TreeMap<>(tables),
                took.toMillis() / 1000.0,
                notes);
    }

    private static Lost lost(ExistingDatabase existing) {
        return new Lost(
                existing.tablesWithRows(),
                existing.estimatedRows(),
                existing.bytes(),
                existing.connections().size());
    }

    private static double seconds(Map<String, Duration> times, SeedCommand step) {
        return times.getOrDefault(step.name(), Duration.ZERO).toMillis() / 1000.0;
    }
}
