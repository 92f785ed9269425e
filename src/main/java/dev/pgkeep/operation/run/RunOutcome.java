package dev.pgkeep.operation.run;

import dev.pgkeep.base.error.PgkeepException;

/**
 * The outcome of a run. It decides what the history says, whether there is something to go back from, and whether the
 * caller gets a result or an exception.
 */
public sealed interface RunOutcome<T> {
    /** The run is done, and nothing that happens afterwards makes a failure of it. */
    record Done<T>(T result) implements RunOutcome<T> {}

    /** The run came to its end and the caller gets its result; the history tells what that result says is wrong. */
    record Reported<T>(T result, PgkeepException failure) implements RunOutcome<T> {}

    /** The run failed, and everything is as it was: there is nothing to go back from. */
    record Unchanged<T>(PgkeepException failure) implements RunOutcome<T> {}

    /** The run failed after something was changed, or where nobody knows: the way back stays in the history. */
    record Changed<T>(PgkeepException failure) implements RunOutcome<T> {}
}
