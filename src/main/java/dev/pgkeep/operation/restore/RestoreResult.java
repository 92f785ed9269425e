package dev.pgkeep.operation.restore;

/**
 * The end of a restore, with what the application did afterwards.
 *
 * @param outcome how the restore itself ended
 * @param afterRestore exit status of the application's command; 0 when it ended well, or there is none
 */
public record RestoreResult(RestoreOutcome outcome, int afterRestore) {
    /** Whether everything is there, and the application's command ended well. */
    public boolean isGood() {
        return outcome.missing().isEmpty() && afterRestore == 0;
    }
}
