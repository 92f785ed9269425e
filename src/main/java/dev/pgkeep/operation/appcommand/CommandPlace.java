package dev.pgkeep.operation.appcommand;

import java.nio.file.Path;
import java.util.Map;

/**
 * The place where a command runs.
 *
 * @param folder its working folder
 * @param environment variables of pgkeep's own process, from which its own are made
 * @param url the text that the connection came from; parameters of an ORM in it ({@code schema}) are kept
 * @param sessionName what its sessions call themselves on the server, where its tool heeds {@code PGAPPNAME}
 */
public record CommandPlace(
        Path folder, Map<String, String> environment, String url, String sessionName, CommandOutput output) {
    public CommandPlace {
        environment = Map.copyOf(environment);
    }

    /** Prints names only: values may be secret. */
    @Override
    public String toString() {
        return "CommandPlace[" + folder + "]";
    }
}
