package dev.pgkeep.operation.undo;

import dev.pgkeep.operation.restore.RestoreResult;
import dev.pgkeep.operation.restore.swap.Swapped;
import dev.pgkeep.operation.rows.RestoreOutcome;
import java.util.Optional;

/** The end of an undo. */
public sealed interface UndoOutcome {
    /** An earlier undo had done everything. */
    record Arrived() implements UndoOutcome {}

    /**
     * The names were swapped back.
     *
     * @param swapped what became of the database that had the name; empty when there was none
     * @param afterRestore exit status of the application's command; 0 when it ended well, or there is none
     */
    record Swap(Optional<Swapped> swapped, int afterRestore) implements UndoOutcome {}

    /** The deleted rows are back; empty when every one of them was there already. */
    record Rows(Optional<RestoreOutcome> outcome) implements UndoOutcome {}

    /** The backup is restored. */
    record Restore(RestoreResult result) implements UndoOutcome {}
}
