package dev.pgkeep.cli;

import dev.pgkeep.error.ExitStatus;

/** A command that was parsed and can be run. */
interface Action {
    /** The options that every command has. */
    GlobalOptions global();

    /**
     * Runs it.
     *
     * @return how it ended; failures are thrown as {@link dev.pgkeep.error.PgkeepException}
     */
    ExitStatus run(Session session);
}
