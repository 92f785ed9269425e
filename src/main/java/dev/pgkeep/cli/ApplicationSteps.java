package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.operation.appcommand.ApplicationCommand;
import dev.pgkeep.operation.appcommand.CommandOutput;
import dev.pgkeep.operation.appcommand.CommandResult;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.operation.reset.SeedCommand;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configured commands that fill an empty database. */
final class ApplicationSteps {
    private final Session session;
    private final Pgkeep pgkeep;

    ApplicationSteps(Session session, Pgkeep pgkeep) {
        this.session = session;
        this.pgkeep = pgkeep;
    }

    /** Those that are configured, in the order in which they run. */
    List<SeedCommand> list(boolean migrate, boolean seed) {
        List<SeedCommand> steps = new ArrayList<>();
        var commands = pgkeep.settings().commands();
        commands.migrate().filter(line -> migrate).ifPresent(line -> steps.add(step("migrate", line.allowed())));
        commands.seed().filter(line -> seed).ifPresent(line -> steps.add(step("seed", line.allowed())));
        return steps;
    }

    private SeedCommand step(String name, String line) {
        ApplicationCommand command = ApplicationCommand.shell(line);
        return new SeedCommand(name, command.text(), target -> run(name, command, target));
    }

    private SeedCommand.Result run(String name, ApplicationCommand command, Target target) {
        session.finishProgress();
        if (!session.options().quiet) {
            session.console().err().line("Running " + name + ": " + command.text());
        }
        CommandResult result = command.run(
                target, pgkeep.commandPlace(target, true, output()), Optional.empty(), session.cancellation());
        return new SeedCommand.Result(result.took(), result.isGood() ? Optional.empty() : Optional.of(result.describe()));
    }

    /** On a terminal the command has it for itself; with {@code --json} nothing of it comes between the document. */
    private CommandOutput output() {
        PrintStream err = session.console().rawErr();
        if (session.options().json || session.options().quiet) {
            return new CommandOutput.Lines(err, err, false);
        }
        return session.console().isInteractive() && session.options().logFile == null
                ? new CommandOutput.Terminal()
                : new CommandOutput.Lines(session.console().rawOut(), err, false);
    }
}
