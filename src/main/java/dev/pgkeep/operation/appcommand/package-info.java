/**
 * Runs commands of the application: migrations, seeds, checks, generators. The door is
 * {@link dev.pgkeep.operation.appcommand.ApplicationCommand}: one line for a shell, or words. A command finds the
 * database in its environment ({@link dev.pgkeep.operation.appcommand.CommandEnvironment}), never in its arguments; it
 * and everything it started end together, on Ctrl-C and also when pgkeep is killed.
 */
@NullMarked
package dev.pgkeep.operation.appcommand;

import org.jspecify.annotations.NullMarked;
