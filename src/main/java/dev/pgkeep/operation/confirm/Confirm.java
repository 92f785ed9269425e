package dev.pgkeep.operation.confirm;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;

/** Decides whether something may be destroyed. It is asked at most once in a run, before the first change. */
@FunctionalInterface
public interface Confirm {
    /** Refuses everything: for callers that only want to look. */
    Confirm REFUSE = stake -> {
        throw new PgkeepException(
                ErrorCode.REFUSED,
                "nobody confirmed to " + stake.what() + ", nothing was changed",
                "run it again when you are sure");
    };

    /**
     * Returns when it may be done.
     *
     * @throws PgkeepException REFUSED when it was not confirmed, or nobody is there to confirm it
     */
    void ask(Stake stake);
}
