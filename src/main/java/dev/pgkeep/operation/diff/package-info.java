/**
 * How two states of a database differ, row by row: a backup and another one, or a backup and the live database. Door:
 * {@link dev.pgkeep.operation.diff.Diff}.
 *
 * <p>Blocks whose content is known to be the same are not read. What remains is matched by primary key, or by whole
 * rows where there is none. Memory holds a run of blocks and a fixed amount of rows that are to be matched; what is
 * more lies in temporary files.
 */
@NullMarked
package dev.pgkeep.operation.diff;

import org.jspecify.annotations.NullMarked;
