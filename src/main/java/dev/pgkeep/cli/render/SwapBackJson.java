package dev.pgkeep.cli.render;

import dev.pgkeep.operation.restore.swap.Swapped;
import dev.pgkeep.operation.undo.SwapBackPlan;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code undo --json} where names were swapped back.
 *
 * @param way always {@code swap-back}
 * @param from the name under which the database was kept
 * @param swap what became of the one that had the name; absent when nobody had it
 */
@io.avaje.jsonb.Json
public record SwapBackJson(
        String database,
        String server,
        String way,
        String from,
        @Nullable SwapJson swap,
        double seconds) {
    public static SwapBackJson of(SwapBackPlan plan, Optional<Swapped> swapped, Duration took) {
        return new SwapBackJson(
                plan.target().database(),
                plan.target().describeServer(),
                "swap-back",
                plan.kept().name(),
                swapped.map(SwapJson::of).orElse(null),
                took.toMillis() / 1000.0);
    }
}
