package dev.pgkeep.operation.appcommand;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.postgres.connect.Target;
import java.util.Optional;

/** Runs commands that the configuration names, with a database in their environment. */
public final class ConfiguredCommands {
    private final CommandPlaces places;
    private final CommandStage stage;
    private final Progress progress;
    private final Cancellation cancellation;

    public ConfiguredCommands(CommandPlaces places, CommandStage stage, Progress progress, Cancellation cancellation) {
        this.places = places;
        this.stage = stage;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Runs a command to its end.
     *
     * @param name what it is for, for instance {@code migrate}
     * @return how it ended, also when it was interrupted
     * @throws PgkeepException COMMAND_FAILED when it cannot be started
     */
    public CommandResult run(String name, ApplicationCommand command, Target target) {
        CommandOutput output = stage.begin(name, command);
        return command.run(target, places.of(target, true, output), Optional.empty(), cancellation);
    }

    /**
     * Runs a command without which the database is not what was asked for.
     *
     * @throws PgkeepException COMMAND_FAILED when it did not end well, INTERRUPTED
     */
    public void require(String name, ApplicationCommand command, Target target) {
        CommandResult result = run(name, command, target);
        cancellation.check();
        if (!result.isGood()) {
            throw new PgkeepException(
                    ErrorCode.COMMAND_FAILED,
                    "the " + name + " command failed: " + command.text() + " " + result.describe(),
                    "its output above says why");
        }
    }

    /**
     * Runs a command on a database that is finished: its failure is told as a warning.
     *
     * @param so what holds when it fails, for people
     * @return its exit status, never 0 when it failed
     * @throws PgkeepException INTERRUPTED
     */
    public int after(String name, ApplicationCommand command, Target target, String so) {
        try {
            CommandResult result = run(name, command, target);
            if (!result.isGood()) {
                progress.warn(command.text() + " " + result.describe() + "; " + so);
            }
            return result.isGood() ? 0 : Math.max(1, result.status());
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            progress.warn(e.getMessage());
            return 1;
        }
    }
}
