package dev.pgkeep.cli;

import dev.pgkeep.operation.appcommand.CommandOutput;
import dev.pgkeep.operation.appcommand.CommandStage;
import java.io.PrintStream;

/** Shows commands of the application on the command line. */
final class CommandStages {
    private CommandStages() {}

    /** The stage of a command that runs beside what was asked for: it is always told of, and its words go to stderr. */
    static CommandStage aside(Session session) {
        return (name, command) -> {
            session.finishProgress();
            session.console().err().line("Running: " + command.text());
            PrintStream err = session.console().rawErr();
            return new CommandOutput.Lines(err, err, false);
        };
    }

    /**
     * The stage of a command that is a step of what was asked for. On a terminal it has that for itself; with
     * {@code --json} nothing of it comes between the document.
     */
    static CommandStage step(Session session) {
        return (name, command) -> {
            session.finishProgress();
            if (!session.options().quiet) {
                session.console().err().line("Running " + name + ": " + command.text());
            }
            return stepOutput(session);
        };
    }

    private static CommandOutput stepOutput(Session session) {
        PrintStream err = session.console().rawErr();
        if (session.options().json || session.options().quiet) {
            return new CommandOutput.Lines(err, err, false);
        }
        return session.console().isInteractive() && session.options().logFile == null
                ? new CommandOutput.Terminal()
                : new CommandOutput.Lines(session.console().rawOut(), err, false);
    }
}
