package dev.pgkeep.operation.undo;

import dev.pgkeep.operation.restore.RestoreDatabase;
import dev.pgkeep.operation.rows.RowsRestore;

/**
 * The operations that go back, by the way that is gone.
 *
 * @param swapBack for a database that was kept
 * @param rows for rows that were deleted
 * @param restore for everything else: the backup
 */
public record UndoOperations(SwapBack swapBack, RowsRestore rows, RestoreDatabase restore) {}
