package dev.pgkeep.operation.reset;

import dev.pgkeep.operation.appcommand.ApplicationCommand;
import dev.pgkeep.operation.appcommand.CommandResult;
import dev.pgkeep.operation.appcommand.ConfiguredCommands;
import dev.pgkeep.postgres.connect.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A command of the application that fills the empty database.
 *
 * @param name {@code migrate} or {@code seed}
 * @param command as it is shown, without passwords
 * @param runner runs it with the database in its environment
 */
public record SeedCommand(String name, String command, Function<Target, Result> runner) {
    /** A command of the configuration. */
    public static SeedCommand of(String name, ApplicationCommand command, ConfiguredCommands commands) {
        return new SeedCommand(name, command.text(), target -> {
            CommandResult result = commands.run(name, command, target);
            return new Result(result.took(), result.isGood() ? Optional.empty() : Optional.of(result.describe()));
        });
    }

    /**
     * The end of a command.
     *
     * @param failure what became of it, as the end of a sentence: {@code ended with status 3}; empty when it went well
     */
    public record Result(Duration took, Optional<String> failure) {}
}
