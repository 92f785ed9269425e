package dev.pgkeep.operation.appcommand;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import java.util.Map;

/** A run inside the command of another one on the same database, which would wait for itself for ever. */
public final class ReentrancyCheck {
    private ReentrancyCheck() {}

    /**
     * Refuses such a run.
     *
     * @param environment the variables of this process
     * @throws PgkeepException LOCK_BUSY
     */
    public static void refuse(Map<String, String> environment, Target target) {
        if (target.describe().equals(environment.get(ApplicationCommand.AT_WORK_ON))) {
            throw new PgkeepException(
                    ErrorCode.LOCK_BUSY,
                    "pgkeep itself runs this as its command, is at work on " + target.database()
                            + ", and waits for this to end",
                    "let the command that pgkeep runs call the tool itself, and not pgkeep");
        }
    }
}
