/**
 * Rows of chosen tables straight out of a backup's chunks: only the chunks of these tables are read, and no server is
 * needed. Doors: {@link dev.pgkeep.contents.rows.TableRows} gives rows as COPY had sent them,
 * {@link dev.pgkeep.contents.rows.StoredRows} as the texts that the server would print,
 * {@link dev.pgkeep.contents.rows.RowCutter} parts the former.
 *
 * <p>Memory holds one chunk; of a wide row, as much as who takes it keeps.
 */
@NullMarked
package dev.pgkeep.contents.rows;

import org.jspecify.annotations.NullMarked;
