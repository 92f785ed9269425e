package dev.pgkeep.cli.render;

import dev.pgkeep.base.progress.Phases.Phase;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.delta.DatabaseDelta;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of {@code restore --json} and {@code undo --json}. */
@io.avaje.jsonb.Json
public record RestoreJson(
        String backup,
        String database,
        String server,
        String way,
        @Nullable DeltaJson delta,
        int tablesCompared,
        long rowsCompared,
        List<RowsNow> uncompared,
        boolean proofSkipped,
        @Nullable String provenBy,
        @Nullable String safetyBackup,
        @Nullable SwapJson swap,
        double seconds,
        List<PhaseJson> phases,
        List<MissingRows> missing,
        List<String> notes) {
    /**
     * What was replaced, where only what differs was.
     *
     * @param bytesStaying bytes of tables that stayed as they are
     * @param bytesReplaced bytes of what went or came back, about
     * @param rowsGone rows that were written since the backup
     * @param rowsBack rows of the backup that were gone
     */
    @io.avaje.jsonb.Json
    public record DeltaJson(long bytesStaying, long bytesReplaced, int tables, long rowsGone, long rowsBack) {
        static DeltaJson of(DatabaseDelta delta) {
            return new DeltaJson(delta.staying(), delta.replaced(), delta.tables(), delta.going(), delta.coming());
        }
    }

    /** Rows that are damaged in the backup and were left out. */
    @io.avaje.jsonb.Json
    public record MissingRows(String schema, String table, long firstBlock, long blocks, long rows, String problem) {}

    /** Rows that are in a table now, where the backup does not tell how many there should be. */
    @io.avaje.jsonb.Json
    public record RowsNow(String schema, String table, long rows) {}

    /**
     * @param provenBy the command that makes up for the comparison, where it was left out and there is one
     * @param phases where the time went
     */
    public static RestoreJson of(
            RestorePlan plan, RestoreOutcome outcome, Duration took, Optional<String> provenBy, List<Phase> phases) {
        return new RestoreJson(
                plan.source().name(),
                outcome.target().database(),
                outcome.target().describeServer(),
                plan.keepsOld() ? "swap" : plan.way().name().toLowerCase(java.util.Locale.ROOT),
                plan.delta().map(DeltaJson::of).orElse(null),
                outcome.comparison().tables(),
                outcome.comparison().rows(),
                outcome.comparison().uncompared().entrySet().stream()
                        .map(each -> new RowsNow(
                                each.getKey().schema(), each.getKey().name(), each.getValue()))
                        .toList(),
                plan.skipsProof(),
                provenBy.orElse(null),
                outcome.safetyBackup().orElse(null),
                outcome.swapped().map(SwapJson::of).orElse(null),
                took.toMillis() / 1000.0,
                phases.stream().map(PhaseJson::of).toList(),
                outcome.missing().stream()
                        .map(each -> new MissingRows(
                                each.table().schema(),
                                each.table().name(),
                                each.firstBlock(),
                                each.blocks(),
                                each.rows(),
                                each.problem()))
                        .toList(),
                outcome.notes());
    }
}
