package dev.pgkeep.operation.verify;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What was found about one backup.
 *
 * @param backup its name
 * @param state {@code looked at} (quick), {@code checked}, {@code proven}, {@code damaged}, or {@code skipped} when it
 *     could not be examined through no fault of its own
 * @param problem what is wrong with it, or why it was skipped
 * @param tables tables compared
 * @param rows rows counted in them
 * @param seconds how long it took; for a restore, how long a recovery takes
 */
@Json
public record VerifyResult(String backup, String state, @Nullable String problem, int tables, long rows, double seconds) {
    public static final String LOOKED_AT = "looked at";
    public static final String CHECKED = "checked";
    public static final String PROVEN = "proven";
    public static final String DAMAGED = "damaged";
    public static final String SKIPPED = "skipped";

    public boolean isGood() {
        return !state.equals(DAMAGED) && !state.equals(SKIPPED);
    }
}
