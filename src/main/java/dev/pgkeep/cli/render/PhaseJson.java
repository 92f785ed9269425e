package dev.pgkeep.cli.render;

import dev.pgkeep.base.progress.Phases.Phase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time of a phase in JSON.
 *
 * @param seconds how long somebody was at it
 * @param workSeconds the same, added up over the threads that were at it at once
 * @param cpuSeconds processor time of pgkeep's own process; null where other phases went on beside it
 */
@io.avaje.jsonb.Json
public record PhaseJson(
        String name,
        double seconds,
        double workSeconds,
        @Nullable Double cpuSeconds) {
    public static PhaseJson of(Phase phase) {
        return new PhaseJson(
                phase.name(),
                seconds(phase.wall()),
                seconds(phase.work()),
                phase.cpu().map(PhaseJson::seconds).orElse(null));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
