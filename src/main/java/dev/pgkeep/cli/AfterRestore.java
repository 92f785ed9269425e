package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.operation.appcommand.ApplicationCommand;
import dev.pgkeep.operation.appcommand.CommandOutput;
import dev.pgkeep.operation.appcommand.CommandResult;
import dev.pgkeep.app.config.Entrusted;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Runs the application's own command after a restore, for instance a client generator, with the connection in its
 * environment.
 */
final class AfterRestore {
    private final Session session;
    private final Pgkeep pgkeep;

    AfterRestore(Session session, Pgkeep pgkeep) {
        this.session = session;
        this.pgkeep = pgkeep;
    }

    /**
     * Finds out before anything is changed whether the command may be run.
     *
     * @throws PgkeepException CONFIG_UNTRUSTED
     */
    static void allow(Pgkeep pgkeep) {
        pgkeep.settings().commands().afterRestore().ifPresent(Entrusted::allowed);
    }

    /** The command's exit status; 0 when none is configured. */
    int run(Target target) {
        return pgkeep.settings()
                .commands()
                .afterRestore()
                .map(line -> run(line.allowed(), target, "the database itself is restored"))
                .orElse(0);
    }

    /** Another command of the application; {@code so} says what holds when it fails. */
    int run(String line, Target target, String so) {
        return run(ApplicationCommand.shell(line), target, so);
    }

    private int run(ApplicationCommand command, Target target, String so) {
        session.finishProgress();
        PrintStream err = session.console().rawErr();
        session.console().err().line("Running: " + command.text());
        try {
            CommandResult result = command.run(
                    target,
                    pgkeep.commandPlace(target, true, new CommandOutput.Lines(err, err, false)),
                    Optional.empty(),
                    session.cancellation());
            if (!result.isGood()) {
                session.progress().warn(command.text() + " " + result.describe() + "; " + so);
            }
            return result.isGood() ? 0 : Math.max(1, result.status());
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            session.progress().warn(e.getMessage());
            return 1;
        }
    }
}
