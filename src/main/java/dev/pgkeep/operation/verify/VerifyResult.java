package dev.pgkeep.operation.verify;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * The result about one backup.
 *
 * @param backup its name
 * @param state what it came to
 * @param problem what is wrong with it, or why it was skipped
 * @param tables tables compared
 * @param rows rows counted in them
 * @param seconds how long it took; for a restore, how long a recovery takes
 */
@Json
public record VerifyResult(
        String backup, State state, @Nullable String problem, int tables, long rows, double seconds) {
    /** The state that an examination came to. */
    public enum State {
        /** The backup is in order as far as a quick look tells. */
        LOOKED_AT("looked at"),
        /** Every byte was read. */
        CHECKED("checked"),
        /** The backup was restored, and compared. */
        PROVEN("proven"),
        DAMAGED("damaged");

        private final String word;

        State(String word) {
            this.word = word;
        }

        @Json.Value
        public String word() {
            return word;
        }

        public boolean isGood() {
            return this != DAMAGED;
        }
    }

    public boolean isGood() {
        return state.isGood();
    }
}
