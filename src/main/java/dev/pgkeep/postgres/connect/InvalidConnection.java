package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;

/** Makes the errors of texts that cannot be understood; none of them repeats the text, which may hold a password. */
final class InvalidConnection {
    static final String FORMS = "write it as postgresql://user:password@host:5432/database"
            + " (characters like @ : / # % in the password percent-encoded)";

    private InvalidConnection() {}

    static PgkeepException of(String what) {
        return of(what, FORMS);
    }

    static PgkeepException of(String what, String hint) {
        return new PgkeepException(ErrorCode.CONNECTION_INVALID, what, hint);
    }
}
