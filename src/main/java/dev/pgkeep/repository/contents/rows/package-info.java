/**
 * Reads rows of chosen tables straight out of a backup's chunks: only the chunks of these tables are read, and no
 * server is needed. Doors: {@link dev.pgkeep.repository.contents.rows.TableRows} gives rows as COPY had sent them,
 * {@link dev.pgkeep.repository.contents.rows.StoredRows} as the texts that the server would print.
 *
 * <p>Memory holds one chunk; of a wide row, as much as who takes it keeps.
 */
@NullMarked
package dev.pgkeep.repository.contents.rows;

import org.jspecify.annotations.NullMarked;
