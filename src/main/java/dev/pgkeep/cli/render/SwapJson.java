package dev.pgkeep.cli.render;

import dev.pgkeep.operation.restore.swap.Swapped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A swap of names.
 *
 * @param keptDatabase the name of the database that was replaced; absent where it was dropped
 * @param keptUntil when it may go; absent where it was dropped
 * @param secondsWithoutConnections how long nobody could connect
 * @param endedConnections sessions that were ended
 */
@io.avaje.jsonb.Json
public record SwapJson(
        @Nullable String keptDatabase,
        @Nullable Instant keptUntil,
        double secondsWithoutConnections,
        int endedConnections) {
    public static SwapJson of(Swapped swapped) {
        return new SwapJson(
                swapped.kept().map(Swapped.Kept::name).orElse(null),
                swapped.kept().map(Swapped.Kept::until).orElse(null),
                swapped.exchanged().closed().toMillis() / 1000.0,
                swapped.exchanged().ended());
    }
}
