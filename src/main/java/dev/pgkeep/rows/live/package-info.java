/**
 * Rows between a live database and documents. {@link dev.pgkeep.rows.live.LiveRows} is the source of a document,
 * {@link dev.pgkeep.rows.live.RowsExport} writes one without changing anything,
 * {@link dev.pgkeep.rows.live.RowsRestore} puts rows back: look first, show it, then run. What is put back goes into
 * temporary tables first, where the server tells new, identical and conflicting rows apart; from there it goes into the
 * tables in one transaction.
 */
@NullMarked
package dev.pgkeep.rows.live;

import org.jspecify.annotations.NullMarked;
