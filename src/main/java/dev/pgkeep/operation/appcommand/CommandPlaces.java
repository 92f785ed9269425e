package dev.pgkeep.operation.appcommand;

import dev.pgkeep.postgres.connect.Target;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The places where commands of the application run: a configured one beside the configuration, one that was typed where
 * it was typed.
 *
 * @param configured the folder of the configuration
 * @param typed the working folder
 * @param environment variables of pgkeep's own process
 * @param urls the texts that connections came from, by their origin
 * @param sessionName a name for the sessions of one command, another one each time
 */
public record CommandPlaces(
        Path configured,
        Path typed,
        Map<String, String> environment,
        Map<String, String> urls,
        Supplier<String> sessionName) {
    public CommandPlaces {
        environment = Map.copyOf(environment);
        urls = Map.copyOf(urls);
    }

    /**
     * The place of one command.
     *
     * @param target the database that it will find in its environment
     * @param isConfigured whether the configuration names the command
     */
    public CommandPlace of(Target target, boolean isConfigured, CommandOutput output) {
        return new CommandPlace(
                isConfigured ? configured : typed,
                environment,
                urls.getOrDefault(target.origin(), ""),
                sessionName.get(),
                output);
    }

    /** Prints names only: values may be secret. */
    @Override
    public String toString() {
        return "CommandPlaces[" + configured + ", " + typed + "]";
    }
}
