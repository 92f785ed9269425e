package dev.pgkeep.cli;

import dev.pgkeep.operation.appcommand.ApplicationCommand;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;

/** A run inside the command of another one on the same database, which would wait for itself for ever. */
final class ReentrancyCheck {
    private ReentrancyCheck() {}

    /** @throws PgkeepException LOCK_BUSY */
    static void refuse(Session session, Target target) {
        if (target.describe().equals(session.surroundings().environment().get(ApplicationCommand.AT_WORK_ON))) {
            throw new PgkeepException(
                    ErrorCode.LOCK_BUSY,
                    "pgkeep itself runs this as its command, is at work on " + target.database()
                            + ", and waits for this to end",
                    "let the command that pgkeep runs call the tool itself, and not pgkeep");
        }
    }
}
