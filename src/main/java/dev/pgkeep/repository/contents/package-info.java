/**
 * What a chunked backup holds: per table its columns, rows, content hash and extents with the ids of their chunks; and
 * the bytes in which that is stored, itself as chunks. Records and their bytes. Door:
 * {@link dev.pgkeep.repository.contents.BackupContents}.
 */
@NullMarked
package dev.pgkeep.repository.contents;

import org.jspecify.annotations.NullMarked;
