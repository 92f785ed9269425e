/**
 * Keeps the history of runs: what was started, on which database, how it ended. Door:
 * {@link dev.pgkeep.operation.run.RecordedRun}, the one protocol of all of them.
 *
 * <ol>
 *   <li>{@code backUp} makes the safety backup, where there is something to lose.
 *   <li>{@code begin} writes down what the run goes back to, before the first destructive step: without it nobody would
 *       find the way back after a crash.
 *   <li>The act comes to a {@link dev.pgkeep.operation.run.RunOutcome}, which decides what the history says and whether
 *       there is something to go back from.
 *   <li>{@code end} writes that down. That it could not be written never makes a failure of what was done.
 * </ol>
 *
 * <p>{@link dev.pgkeep.operation.run.PastRuns} reads what earlier runs say about one database;
 * {@link dev.pgkeep.operation.run.RunContext} is what every run is given.
 */
@NullMarked
package dev.pgkeep.operation.run;

import org.jspecify.annotations.NullMarked;
