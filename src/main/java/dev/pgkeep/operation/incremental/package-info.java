/**
 * Tells what changed in a live database since a backup of it, without reading rows: for backups that build on an
 * earlier one, and for whoever compares a database with a backup. Door:
 * {@link dev.pgkeep.operation.incremental.LiveChanges}.
 *
 * <ol>
 *   <li>Before a snapshot is taken, {@code LineageCheck} says whether the server is the one of the backup, further on.
 *   <li>{@link dev.pgkeep.operation.incremental.StoredTables} decides in the snapshot, table by table, whether rows
 *       that nobody wrote since still read as they are stored, and says why not.
 *   <li>The server counts the rows of each extent, and those that are new ({@code RangeCounts}). Where none is new and
 *       they are as many as were stored, they are the stored ones.
 * </ol>
 *
 * <p>The argument is in docs/incremental.md. Nothing here changes anything.
 */
@NullMarked
package dev.pgkeep.operation.incremental;

import org.jspecify.annotations.NullMarked;
