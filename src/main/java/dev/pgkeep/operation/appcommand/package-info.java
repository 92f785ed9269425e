/**
 * Runs commands of the application: migrations, seeds, checks, generators. The door is
 * {@link dev.pgkeep.operation.appcommand.ApplicationCommand}: one line for a shell, or words.
 *
 * <p>A {@link dev.pgkeep.operation.appcommand.CommandPlace} says where it runs:
 * {@link dev.pgkeep.operation.appcommand.CommandPlaces} knows that for configured and typed commands.
 * {@code CommandEnvironment} puts the database into its environment, never into its arguments. {@code CommandProcess}
 * is one run of it, {@link dev.pgkeep.operation.appcommand.CommandOutput} says where its words go,
 * {@link dev.pgkeep.operation.appcommand.CommandResult} how it ended.
 *
 * <p>A command and everything it started end together, on Ctrl-C and also when pgkeep is killed
 * ({@code ProcessWatchdog}).
 */
@NullMarked
package dev.pgkeep.operation.appcommand;

import org.jspecify.annotations.NullMarked;
