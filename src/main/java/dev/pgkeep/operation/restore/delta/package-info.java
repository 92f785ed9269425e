/**
 * Finds out what takes a database back to a backup that was made of it, where most of it is as it was. Door:
 * {@link dev.pgkeep.operation.restore.delta.DeltaLook}.
 *
 * <ol>
 *   <li>Server, definitions and tables must be those of the backup ({@code LineageCheck}, {@code LiveDefinitions},
 *       {@code StoredTables}); else it says why everything is replaced.
 *   <li>{@link dev.pgkeep.operation.restore.delta.LiveTables} asks the server, on several connections that share a
 *       snapshot, which extents changed since; {@link dev.pgkeep.operation.restore.delta.TableDelta} is what came out.
 *   <li>{@link dev.pgkeep.operation.restore.delta.DatabaseDelta} says how much stays, and what of the backup is needed.
 * </ol>
 *
 * <p>Nothing here changes anything; {@code load.DeltaLoad} does, after it has asked again behind locks.
 */
@NullMarked
package dev.pgkeep.operation.restore.delta;

import org.jspecify.annotations.NullMarked;
