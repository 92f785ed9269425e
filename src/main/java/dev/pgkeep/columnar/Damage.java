package dev.pgkeep.columnar;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;

/** What is thrown for bytes that are not a chunk of rows. */
final class Damage {
    private Damage() {}

    static PgkeepException of(String what) {
        return new PgkeepException(
                ErrorCode.CHUNK_DAMAGED,
                "a chunk of rows does not decode: " + what,
                "Restore from another backup or from a copy of this repository.");
    }

    static void unless(boolean right, String what) {
        if (!right) {
            throw of(what);
        }
    }
}
