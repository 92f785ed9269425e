package dev.pgkeep.cli;

import dev.pgkeep.base.error.ExitStatus;

/** A command that was parsed and can be run. */
interface Action {
    /** The options that every command has. */
    GlobalOptions global();

    /**
     * Runs the command.
     *
     * @return how it ended; failures are thrown as {@link dev.pgkeep.base.error.PgkeepException}
     */
    ExitStatus run(Session session);
}
