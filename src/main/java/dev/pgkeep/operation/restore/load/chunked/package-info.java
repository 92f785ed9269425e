/**
 * Loads a backup of chunks into a database that is ready for it. Door:
 * {@link dev.pgkeep.operation.restore.load.chunked.ChunkedLoad}, which is given a
 * {@link dev.pgkeep.operation.restore.load.chunked.LoadSelection} (which tables and entries);
 * {@link dev.pgkeep.operation.restore.load.chunked.RowTransfer} puts rows alone into tables of somebody else's
 * transaction.
 *
 * <ol>
 *   <li>pg_restore makes what stands before the rows ({@code LoadPhases}).
 *   <li>Several workers ({@code LoadWorker}) ask {@code LoadSchedule} what is next: what the archive holds itself; big
 *       indexes whose rows are in; rows, the largest table first, several workers for one table; small indexes and
 *       constraints.
 *   <li>What may be made when is decided by {@code LoadGraph}, which is pure: when all that it depends on is there, the
 *       rows of its tables are in, and nobody holds a lock that it would wait for.
 *   <li>Before anybody has to wait, {@code IdleTasks} gives planner statistics of finished tables, and full ones to be
 *       read in slices, whose content is compared with the hash in the backup.
 *   <li>pg_restore makes what has to come last.
 * </ol>
 *
 * <p>Every chunk is held against its id before its bytes are used, and the server must count the rows that were sent.
 */
@NullMarked
package dev.pgkeep.operation.restore.load.chunked;

import org.jspecify.annotations.NullMarked;
