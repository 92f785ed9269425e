package dev.pgkeep.operation.run;

import dev.pgkeep.base.error.PgkeepException;

/**
 * What a run came to. It decides what the history says, whether there is something to go back from, and whether the
 * caller gets a result or an exception.
 */
public sealed interface RunOutcome<T> {
    /** It is done, and nothing that happens afterwards makes a failure of it. */
    record Done<T>(T result) implements RunOutcome<T> {}

    /** It came to its end and the caller gets its result; the history tells what that result says is wrong. */
    record Reported<T>(T result, PgkeepException failure) implements RunOutcome<T> {}

    /** It failed, and everything is as it was: there is nothing to go back from. */
    record Unchanged<T>(PgkeepException failure) implements RunOutcome<T> {}

    /** It failed after something was changed, or where nobody knows: the way back stays in the history. */
    record Changed<T>(PgkeepException failure) implements RunOutcome<T> {}
}
