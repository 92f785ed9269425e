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

/** Runs the configured migrate command on a database that was just loaded. */
final class MigrateStep {
    private final Session session;
    private final Pgkeep pgkeep;

    MigrateStep(Session session, Pgkeep pgkeep) {
        this.session = session;
        this.pgkeep = pgkeep;
    }

    /** @throws PgkeepException USAGE when no command is configured */
    static String require(Pgkeep pgkeep) {
        return pgkeep.settings()
                .commands()
                .migrate()
                .map(Entrusted::allowed)
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.USAGE,
                        "--migrate was given, and no migrate command is configured",
                        "for instance in pgkeep.toml: commands.migrate = \"npx prisma migrate deploy\""));
    }

    /** @throws PgkeepException COMMAND_FAILED when it did not end well */
    void run(Target database) {
        ApplicationCommand command = ApplicationCommand.shell(require(pgkeep));
        session.finishProgress();
        PrintStream err = session.console().rawErr();
        session.console().err().line("Running: " + command.text());
        CommandResult result = command.run(
                database,
                pgkeep.commandPlace(database, true, new CommandOutput.Lines(err, err, false)),
                Optional.empty(),
                session.cancellation());
        session.cancellation().check();
        if (!result.isGood()) {
            throw new PgkeepException(
                    ErrorCode.COMMAND_FAILED,
                    "the migrate command failed: " + command.text() + " " + result.describe(),
                    "its output above says why");
        }
    }
}
