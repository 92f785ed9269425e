package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import java.time.Duration;

/**
 * Decides what follows upon an attempt of a backup that failed: another one after a pause, or the end. Only a lock in
 * the way is worth another.
 *
 * @param attempts how many there are in all, at least one
 * @param pause how long to wait before the second; later ones wait longer
 */
record LockRetries(int attempts, Duration pause) {
    /**
     * The longest pause, in pauses. Bounded, so that the whole of it ends in the time that so many attempts let one
     * expect.
     */
    private static final int LONGEST_PAUSE = 3;

    /** The decision what to do next. */
    sealed interface Next {
        /**
         * A new attempt after a pause.
         *
         * @param why to be told
         */
        record Again(String why, Duration pause) implements Next {}

        /** The backup has failed. */
        record Over(PgkeepException failure) implements Next {}
    }

    /**
     * Decides what follows upon an attempt that failed.
     *
     * @param attempt its number, from 1
     */
    Next after(int attempt, PgkeepException failure) {
        int retries = attempts - 1;
        if (failure.code() != ErrorCode.LOCK_BUSY || retries == 0) {
            return new Next.Over(failure);
        }
        if (attempt > retries) {
            return new Next.Over(inVain(failure, retries));
        }
        return new Next.Again(
                failure.getMessage() + "; trying again (" + attempt + " of " + retries + ")",
                pause.multipliedBy(Math.min(attempt, LONGEST_PAUSE)));
    }

    private static PgkeepException inVain(PgkeepException last, int retries) {
        return new PgkeepException(
                last.code(),
                last.getMessage() + "; " + Sizes.count(retries, "more attempt") + " did not help",
                last.hint() + "; or leave that table out (--exclude-table), or raise lock-retries",
                last);
    }
}
