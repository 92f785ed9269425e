package dev.pgkeep.operation.refresh;

import dev.pgkeep.operation.appcommand.ConfiguredCommand;
import java.util.Optional;

/**
 * The steps that the application does with a refreshed database, in this order.
 *
 * @param migrate brings its schema to that of the code; empty when there is none, or it was not wanted
 * @param afterRestore the application's own command
 */
public record RefreshSteps(Optional<ConfiguredCommand> migrate, Optional<ConfiguredCommand> afterRestore) {}
