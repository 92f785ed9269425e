/**
 * Compares two states of a database, row by row: a backup and another one, or a backup and the live database. Door:
 * {@link dev.pgkeep.operation.diff.Diff}.
 *
 * <ol>
 *   <li>A side is a {@code DiffSide}: {@code StoredSide} reads chunks, {@code LiveSide} asks the server.
 *       {@code SchemaComparison} compares the schemas in scratch databases, where those are to be had.
 *   <li>{@code TablePair} matches the tables of both sides; {@code TableComparison} goes through their blocks. Those
 *       whose content is known to be the same are not read.
 *   <li>What remains is matched by primary key, or by whole rows where there is none ({@code UnmatchedRows}); takers
 *       are told of every difference: {@code DifferenceCounter} counts, {@link dev.pgkeep.operation.diff.SqlScript}
 *       writes statements, {@link dev.pgkeep.operation.diff.RepairRows} gathers lost rows, which
 *       {@link dev.pgkeep.operation.diff.RowRepair} puts back.
 * </ol>
 *
 * <p>Memory holds a run of blocks and a fixed amount of rows that are to be matched; what is more lies in temporary
 * files ({@code Spool}, {@code SpillFile}).
 */
@NullMarked
package dev.pgkeep.operation.diff;

import org.jspecify.annotations.NullMarked;
