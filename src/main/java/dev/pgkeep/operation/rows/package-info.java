/**
 * Rows between a live database and documents. {@link dev.pgkeep.operation.rows.LiveRows} is the source of a document,
 * {@link dev.pgkeep.operation.rows.RowsExport} writes one without changing anything,
 * {@link dev.pgkeep.operation.rows.RowsRestore} puts rows back: look first, show it, then run. What is put back goes
 * into temporary tables first, where the server tells new, identical and conflicting rows apart; from there it goes
 * into the tables in one transaction.
 */
@NullMarked
package dev.pgkeep.operation.rows;

import org.jspecify.annotations.NullMarked;
