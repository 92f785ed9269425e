package dev.pgkeep.cli.render;

import dev.pgkeep.operation.refresh.RefreshPlan;
import dev.pgkeep.operation.refresh.masking.MaskPlan;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.plan.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code refresh --json}. */
@io.avaje.jsonb.Json
public record RefreshJson(
        boolean dryRun,
        String from,
        String backup,
        String database,
        String server,
        List<Table> tables,
        List<Column> masked,
        @Nullable String safetyBackup,
        @Nullable Integer migrateStatus,
        double seconds,
        List<String> notes) {
    /** A table and its rows. */
    @io.avaje.jsonb.Json
    public record Table(String schema, String name, long rows) {}

    /** A column that is masked, and how, in a word. */
    @io.avaje.jsonb.Json
    public record Column(String schema, String table, String column, String mask) {}

    public static RefreshJson planned(RefreshPlan plan) {
        List<String> notes = new ArrayList<>(plan.source().warnings());
        plan.restore().findings().stream().map(Finding::text).forEach(notes::add);
        return of(plan, true, null, null, 0, notes);
    }

    public static RefreshJson done(RefreshPlan plan, RestoreOutcome outcome, int migrated, Duration took) {
        List<String> notes = new ArrayList<>(plan.source().warnings());
        notes.addAll(outcome.notes());
        return of(plan, false, outcome.safetyBackup().orElse(null), migrated, took.toMillis() / 1000.0, notes);
    }

    private static RefreshJson of(
            RefreshPlan plan,
            boolean dryRun,
            @Nullable String safety,
            @Nullable Integer migrated,
            double seconds,
            List<String> notes) {
        return new RefreshJson(
                dryRun,
                plan.source().place(),
                plan.source().backup().name(),
                plan.restore().target().database(),
                plan.restore().target().describeServer(),
                plan.restore().expectedRows().entrySet().stream()
                        .map(each ->
                                new Table(each.getKey().schema(), each.getKey().name(), each.getValue()))
                        .toList(),
                plan.masks().map(RefreshJson::columns).orElse(List.of()),
                safety,
                migrated,
                seconds,
                notes);
    }

    private static List<Column> columns(MaskPlan masks) {
        return masks.tables().stream()
                .flatMap(table -> table.columns().entrySet().stream()
                        .map(each -> new Column(
                                table.name().schema(),
                                table.name().name(),
                                each.getKey().name(),
                                each.getValue().word())))
                .toList();
    }
}
