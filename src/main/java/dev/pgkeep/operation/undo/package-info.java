/**
 * Back to how a database was before the last thing that changed it. {@link dev.pgkeep.operation.undo.Undo} is the door:
 * it chooses ({@link dev.pgkeep.operation.undo.UndoChoice}, a decision on the history and on what the server keeps),
 * looks, asks and goes back, by one of the ways of {@link dev.pgkeep.operation.undo.WayBack}: the database that a swap
 * kept ({@link dev.pgkeep.operation.undo.SwapBack}), as long as that is kept
 * ({@link dev.pgkeep.operation.undo.KeptDatabaseExpiry}), the rows that were deleted, or the safety backup.
 */
@NullMarked
package dev.pgkeep.operation.undo;

import org.jspecify.annotations.NullMarked;
