package dev.pgkeep.operation.guard;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings that do not change from run to run.
 *
 * @param codeFolder where the code of the application is
 * @param migrationsQuery the user's own query for applied migrations
 * @param identity how others on the server may know this run: host and process
 * @param clearStage makes the terminal ready for what a command prints
 */
public record GuardSettings(Path codeFolder, Optional<String> migrationsQuery, String identity, Runnable clearStage) {}
