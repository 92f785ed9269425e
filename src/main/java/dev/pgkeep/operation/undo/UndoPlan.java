package dev.pgkeep.operation.undo;

import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.rows.RestorePreview;

/** The plan of an undo, after everything was looked at. */
public sealed interface UndoPlan {
    /** Does nothing but to complete the record of the undo that did it. */
    record Arrived(UndoChoice choice) implements UndoPlan {}

    /** Swap the names back. */
    record Swap(SwapBackPlan plan) implements UndoPlan {}

    /** Put deleted rows back. */
    record Rows(RestorePreview preview) implements UndoPlan {}

    /** Restore the backup that was made before. */
    record Restore(RestorePlan plan) implements UndoPlan {}
}
