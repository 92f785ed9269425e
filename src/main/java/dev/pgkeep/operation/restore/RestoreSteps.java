package dev.pgkeep.operation.restore;

import dev.pgkeep.operation.appcommand.ConfiguredCommand;
import dev.pgkeep.operation.appcommand.ConfiguredCommands;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The steps of the application in a restore.
 *
 * @param migrate runs on what was loaded, before it gets its name; empty when it was not asked for
 * @param smoke gives the statements that a database must answer before names are swapped; throws CONFIG_UNTRUSTED
 * @param afterRestore runs when the database is restored
 * @param commands run both
 */
public record RestoreSteps(
        Optional<ConfiguredCommand> migrate,
        Supplier<List<String>> smoke,
        Optional<ConfiguredCommand> afterRestore,
        ConfiguredCommands commands) {}
