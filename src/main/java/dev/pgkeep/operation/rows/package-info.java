/**
 * Moves rows between a live database, or a stored backup, and documents. {@link dev.pgkeep.operation.rows.RowsExport}
 * and {@link dev.pgkeep.operation.rows.StoredExport} write a document without changing anything, from a source as
 * {@link dev.pgkeep.operation.rows.LiveRows}; {@link dev.pgkeep.operation.rows.RowsRestore} puts rows back: look first,
 * show it, then run.
 *
 * <ol>
 *   <li>{@code Staging} loads the document into temporary tables of the same types (below domains, whose checks are
 *       code), one {@code Staged} for each section.
 *   <li>The server tells new, identical and conflicting rows apart by their text:
 *       {@link dev.pgkeep.operation.rows.SectionState}. Until here nothing is changed, and this is what is shown.
 *   <li>{@code RowsReturn}, in one transaction: loads and compares again under locks; inserts parents first, tables
 *       that refer to each other in a circle in one statement; gives rows that a foreign key changed their values back;
 *       moves sequences forward ({@code SequenceAdvance}).
 *   <li>It compares everything once more, and commits.
 * </ol>
 *
 * <p>Rows are written over only where that was asked for, after a safety backup, and only where what is there is what
 * was shown.
 */
@NullMarked
package dev.pgkeep.operation.rows;

import org.jspecify.annotations.NullMarked;
