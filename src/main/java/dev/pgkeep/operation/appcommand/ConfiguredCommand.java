package dev.pgkeep.operation.appcommand;

import java.util.function.Supplier;

/**
 * A command that the configuration names. Whether it may be run is found out when its line is wanted.
 *
 * @param shown what it is, for people; without passwords
 * @param line gives the line for a shell; throws CONFIG_UNTRUSTED when it is not allowed
 */
public record ConfiguredCommand(String shown, Supplier<String> line) {
    /**
     * Finds out before anything is changed whether it may be run.
     *
     * @throws dev.pgkeep.base.error.PgkeepException CONFIG_UNTRUSTED
     */
    public void allow() {
        allowed();
    }

    /**
     * The command, to be run now.
     *
     * @throws dev.pgkeep.base.error.PgkeepException CONFIG_UNTRUSTED
     */
    public ApplicationCommand allowed() {
        return ApplicationCommand.shell(line.get());
    }
}
