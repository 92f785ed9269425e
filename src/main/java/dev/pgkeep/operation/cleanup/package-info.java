/**
 * Deletes rows that match a condition, safely, with everything that depends on them. Door:
 * {@link dev.pgkeep.operation.cleanup.Cleanup}.
 *
 * <ol>
 *   <li>{@code look}, in one snapshot: {@code CleanupScope} has {@code ForeignKeyClosure} find which rows go and which
 *       change; {@code CleanupCheck} says what could not be put back. Nothing is locked, and only temporary tables can
 *       be written. What was found is shown, and asked for.
 *   <li>The safety backup; then {@code CleanupRun} finds the rows again, and locks them unless they go in batches.
 *       Count and content hash of every table must be those that were shown.
 *   <li>{@code DeletedRowsWriter} writes every row that goes or changes into the document; it is forced to the disk,
 *       read back, and renamed into {@code rows/}. The record of the run names it and the safety backup before anything
 *       goes.
 *   <li>{@code Deletion} goes through groups of tables, children first. Tables that refer to each other in a circle
 *       lose their rows in one statement, since keys are checked at its end. Other numbers than those of the document
 *       roll everything back.
 *   <li>In {@link dev.pgkeep.operation.cleanup.CleanupOptions} with a batch, {@code Batches} holds no locks in between:
 *       a batch takes rows that still have the {@code xmin} they had when they were written down, and stops at new rows
 *       that the server would delete or change silently.
 * </ol>
 *
 * <p>What is deleted is what was shown: where anybody changed these rows in between, it stops.
 */
@NullMarked
package dev.pgkeep.operation.cleanup;

import org.jspecify.annotations.NullMarked;
