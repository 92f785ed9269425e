package dev.pgkeep.operation.guard;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.guard.GuardOutcome.RolledBack;
import java.util.Optional;

/** Words the end of a failed run: what happened, what the database is like now, what to type next. */
final class FailureReport {
    private static final int SHOWN = 3;

    private FailureReport() {}

    static PgkeepException of(GuardPlan plan, PgkeepException cause, Optional<RolledBack> rollback) {
        return rollback.map(back -> wentBack(plan, cause, back))
                .orElseGet(() -> new PgkeepException(
                        cause.code(),
                        cause.getMessage() + "; " + plan.target().database() + " is as the command left it",
                        "go back to how it was before: " + plan.request().undo(),
                        cause));
    }

    private static PgkeepException wentBack(GuardPlan plan, PgkeepException cause, RolledBack back) {
        String database = plan.target().database();
        if (back.failure().isPresent()) {
            PgkeepException problem = back.failure().get();
            return new PgkeepException(
                    cause.code(),
                    cause.getMessage() + "; going back failed: " + problem.getMessage(),
                    "remove what is in the way and go back by hand: "
                            + plan.request().undo() + "   (" + problem.hint() + ")",
                    problem);
        }
        if (!back.isProven()) {
            int shown = Math.min(SHOWN, back.differences().size());
            return new PgkeepException(
                    ErrorCode.PROOF_FAILED,
                    cause.getMessage() + "; " + database + " was taken back, but is not as it was before: "
                            + String.join("; ", back.differences().subList(0, shown))
                            + (shown < back.differences().size()
                                    ? "; and " + (back.differences().size() - shown) + " more"
                                    : ""),
                    "look at what differs before the application uses it again",
                    cause);
        }
        return new PgkeepException(
                cause.code(),
                cause.getMessage() + "; " + database + " is back as it was before",
                "mend the cause and run it again",
                cause);
    }
}
