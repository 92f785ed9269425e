/**
 * Dumps into chunks: rows by COPY on several connections that share one snapshot, everything else as an archive of
 * pg_dump under the same snapshot. Door: {@link dev.pgkeep.operation.backup.chunked.ChunkedDump}.
 *
 * <ol>
 *   <li>{@code CopyCatalog} lists the tables in the snapshot; {@code TableLocks} locks them and makes sure that none
 *       was rewritten in between.
 *   <li>{@code SkeletonDump} has pg_dump write an archive of everything but these rows, which
 *       {@code ContentDefinedChunker} cuts into pieces.
 *   <li>Meanwhile {@code RowsDump} has several connections take extents of 32 to 512 heap blocks from one queue, the
 *       largest table first. {@code RangeReader} runs one COPY for each; {@code ExtentWriter} hashes the rows and
 *       encodes them as columns, and keeps the chunks of the backup before ({@code ParentExtents}) where that has the
 *       same rows there.
 *   <li>{@code RowStore} stores a chunk: not at all where the store has it, as a delta where only some rows changed,
 *       else as it is, in a pack of {@code ChunkWriter}.
 *   <li>The list of all extents becomes chunks too. Then the packs are read back and the index is written; the
 *       metadata, which makes it a backup, is the caller's.
 * </ol>
 *
 * <p>An extent gives the same chunk again as long as nobody writes to it. Memory holds a few extents at a time.
 * docs/chunked-format.md has every byte.
 */
@NullMarked
package dev.pgkeep.operation.backup.chunked;

import org.jspecify.annotations.NullMarked;
