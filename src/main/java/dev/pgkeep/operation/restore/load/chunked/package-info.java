/**
 * Loads a backup of chunks into a database that is ready for it. Door:
 * {@link dev.pgkeep.operation.restore.load.chunked.chunked.ChunkedLoad}, which is given a
 * {@link dev.pgkeep.operation.restore.load.chunked.chunked.LoadSelection} (which tables and entries);
 * {@link dev.pgkeep.operation.restore.load.chunked.chunked.RowTransfer} puts rows alone into tables of somebody else's
 * transaction.
 *
 * <p>pg_restore makes what stands before the rows. Then several workers take what is next from one schedule: rows, the
 * largest table first, several workers for one table; indexes and constraints as soon as the rows they need are in and
 * nobody holds a lock that they would wait for, biggest first. What may be made when follows from the archive alone, is
 * decided by a pure graph, and is tested without a server.
 *
 * <p>Every chunk is held against its id before its bytes are used, and the server must count the rows that were sent.
 */
@NullMarked
package dev.pgkeep.operation.restore.load.chunked;

import org.jspecify.annotations.NullMarked;
