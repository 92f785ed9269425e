/**
 * Says what a chunked backup holds: per table its columns, rows, content hash and extents with the ids of their chunks;
 * and the bytes in which that is stored, itself as chunks. Door: {@link dev.pgkeep.repository.contents.BackupContents},
 * which reads and writes the list of {@link dev.pgkeep.repository.contents.TableContents} by {@code ContentsCodec}; an
 * {@link dev.pgkeep.repository.contents.Extent} names a {@link dev.pgkeep.repository.contents.RowChunk} or several,
 * each stored as it is or as a change of another.
 */
@NullMarked
package dev.pgkeep.repository.contents;

import org.jspecify.annotations.NullMarked;
