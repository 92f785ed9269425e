/**
 * Back to how a database was: by the database that a swap kept ({@link dev.pgkeep.operation.undo.SwapBack}), as long as
 * that is kept ({@link dev.pgkeep.operation.undo.KeptDatabaseExpiry}).
 */
@NullMarked
package dev.pgkeep.operation.undo;

import org.jspecify.annotations.NullMarked;
