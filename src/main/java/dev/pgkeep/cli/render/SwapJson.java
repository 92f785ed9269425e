package dev.pgkeep.cli.render;

import dev.pgkeep.operation.restore.swap.Swapped;
import java.time.Instant;

/**
 * A swap of names.
 *
 * @param keptDatabase the name of the database that was replaced
 * @param keptUntil when it may go
 * @param secondsWithoutConnections how long nobody could connect
 * @param endedConnections sessions that were ended
 */
@io.avaje.jsonb.Json
public record SwapJson(String keptDatabase, Instant keptUntil, double secondsWithoutConnections, int endedConnections) {
    public static SwapJson of(Swapped swapped) {
        return new SwapJson(
                swapped.kept(),
                swapped.until(),
                swapped.exchanged().closed().toMillis() / 1000.0,
                swapped.exchanged().ended());
    }
}
