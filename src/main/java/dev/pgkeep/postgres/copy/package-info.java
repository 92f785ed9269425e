/**
 * Rows out of tables and into them, by COPY: which tables, columns and formats, one COPY for each run of heap blocks,
 * on connections that share a snapshot. Nothing here knows chunks or files.
 *
 * <p>Doors: {@link dev.pgkeep.postgres.copy.CopyCatalog} lists tables as they are to be read,
 * {@link dev.pgkeep.postgres.copy.RangeReader} reads a range, {@link dev.pgkeep.postgres.copy.TableWriter} writes rows,
 * {@link dev.pgkeep.postgres.copy.ContentReader} gives the content hash of tables.
 *
 * <p>Invariants. No row is hidden by policies, no range is read twice, a value of any width passes in bounded memory.
 */
@NullMarked
package dev.pgkeep.postgres.copy;

import org.jspecify.annotations.NullMarked;
