package dev.pgkeep.app.config;

import dev.pgkeep.app.trust.Trust;
import java.nio.file.Path;
import java.util.Map;

/**
 * The sources that settings are made of.
 *
 * @param environment the variables of the process
 * @param workingDirectory absolute; where {@code pgkeep.toml} is looked up from, upwards
 * @param home the user's home folder
 * @param flags what the command line says, under the names of the keys ({@code url}, {@code repository}, …), and
 *     {@code profile}
 * @param trust reads files, and decides whether programs may be run that they name
 */
public record Sources(
        Map<String, String> environment, Path workingDirectory, Path home, Map<String, String> flags, Trust trust) {
    public Sources {
        environment = Map.copyOf(environment);
        workingDirectory = workingDirectory.toAbsolutePath().normalize();
        flags = Map.copyOf(flags);
    }

    /** Prints names only: values may be secret. */
    @Override
    public String toString() {
        return "Sources[" + workingDirectory + ", flags=" + flags.keySet() + "]";
    }
}
