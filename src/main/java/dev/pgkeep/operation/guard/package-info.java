/**
 * Makes dangerous commands harmless: backs up, runs a command that changes the database, tells what it changed, goes
 * back when that is wanted. Door: {@link dev.pgkeep.operation.guard.Guard}, over
 * {@link dev.pgkeep.operation.guard.GuardedRun}.
 *
 * <ol>
 *   <li>{@code GuardPlanner} takes a {@link dev.pgkeep.operation.guard.DatabaseState}: schema, applied migrations,
 *       sequences. {@link dev.pgkeep.operation.guard.PendingMigrations} compares code and database, and says nothing
 *       where it cannot be sure.
 *   <li>{@link dev.pgkeep.postgres.snapshot.ChangeLock} holds two locks of the database: that of changes for the whole
 *       run, and that of restores until going back needs it. Two runs take turns. Then everything is looked at again.
 *   <li>The safety backup, which also tells how many rows there were; the record of the run names it before the command
 *       starts, so that undo finds the way back whatever happens then.
 *   <li>{@code GuardedCommand} runs the command, and the check where there is one. {@code OrphanedBackends} ends what
 *       the server still does for a command that was killed.
 *   <li>Another look, now with rows counted; {@code DatabaseChanges} and {@code SchemaDifference} say what changed.
 *   <li>On failure, where it is wanted, {@code Rollback} restores the safety backup, which compares every table with
 *       it, and looks whether schema, sequences and migrations are those of before. {@code FailureReport} words the
 *       end.
 * </ol>
 */
@NullMarked
package dev.pgkeep.operation.guard;

import org.jspecify.annotations.NullMarked;
