package dev.pgkeep.operation.init;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * The wishes about a set-up.
 *
 * @param folder the folder of the project, absolute; {@code pgkeep.toml} goes there
 * @param repository the folder of backups, absolute
 * @param program how schedulers start pgkeep: its absolute path, or {@code pgkeep} where it is on everybody's path
 * @param user the account that schedulers run it as
 * @param force whether an existing {@code pgkeep.toml} is replaced (a copy is kept)
 * @param settingsFile the text of a {@code pgkeep.toml} in which some keys are set: names of keys to values as TOML
 */
public record InitRequest(
        Path folder,
        Path repository,
        String program,
        String user,
        boolean force,
        Function<Map<String, String>, String> settingsFile) {}
