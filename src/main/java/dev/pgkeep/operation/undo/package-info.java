/**
 * Takes a database back to before the last thing that changed it. Door: {@link dev.pgkeep.operation.undo.Undo}.
 *
 * <ol>
 *   <li>{@code choose}: {@link dev.pgkeep.operation.undo.UndoChoice} decides on the history and on what the servers
 *       keep. A run that kept a database and did not end well is passed over when that database is not there and nobody
 *       discarded it: it had changed nothing.
 *   <li>The way ({@link dev.pgkeep.operation.undo.WayBack}): the database that a swap kept, as long as it is there; the
 *       rows that a cleanup deleted; else the safety backup. An undo that was killed goes on to where it was going.
 *   <li>{@code plan} looks at everything and changes nothing; {@code run} asks, and has
 *       {@link dev.pgkeep.operation.undo.SwapBack}, {@code RowsRestore} or {@code RestoreDatabase} go back. Each of
 *       them is a run of its own in the history.
 * </ol>
 *
 * <p>{@link dev.pgkeep.operation.undo.KeptDatabaseExpiry} drops kept databases whose time has passed.
 */
@NullMarked
package dev.pgkeep.operation.undo;

import org.jspecify.annotations.NullMarked;
