package dev.pgkeep.format.columnar;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;

/** The error that is thrown for bytes that are not a chunk of rows. */
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
