/**
 * Dumping into chunks: rows by COPY on several connections that share one snapshot, everything else as an archive of
 * pg_dump under the same snapshot. Door: {@link dev.pgkeep.operation.backup.chunked.ChunkedDump}.
 *
 * <p>Extents of 32 to 512 heap blocks are the unit of work: each is read by one COPY, becomes one chunk (more where
 * rows are wide), and gives the same chunk again as long as nobody writes to it. Memory holds a few extents at a time.
 */
@NullMarked
package dev.pgkeep.operation.backup.chunked;

import org.jspecify.annotations.NullMarked;
