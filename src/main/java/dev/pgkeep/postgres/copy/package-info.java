/**
 * Reads rows out of tables and writes them into tables, by COPY: one for each run of heap blocks, on connections that
 * share a snapshot. Nothing here knows chunks or files.
 *
 * <ol>
 *   <li>{@link dev.pgkeep.postgres.copy.CopyCatalog} lists tables as they are to be read: columns, and by
 *       {@code TypeForms} which go in binary form. {@link dev.pgkeep.postgres.copy.TableLocks} locks them.
 *   <li>{@link dev.pgkeep.postgres.copy.Ranges} cuts a table into ranges of blocks;
 *       {@link dev.pgkeep.postgres.copy.CopySession} is a connection that reads in the snapshot.
 *   <li>{@link dev.pgkeep.postgres.copy.RangeReader} reads a range. Rows too wide for memory are found before
 *       ({@code WideRows}), and come in pieces ({@code WideRowReader}).
 *   <li>{@link dev.pgkeep.postgres.copy.TableWriter} puts rows back; {@link dev.pgkeep.postgres.copy.ContentReader}
 *       gives the content hash of tables.
 * </ol>
 *
 * <p>Invariants. No row is hidden by policies, no range is read twice, a value of any width passes in bounded memory.
 */
@NullMarked
package dev.pgkeep.postgres.copy;

import org.jspecify.annotations.NullMarked;
