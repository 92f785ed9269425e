package dev.pgkeep.operation.refresh;

import dev.pgkeep.operation.restore.RestoreOutcome;

/**
 * The end of a refresh, with what the application did afterwards.
 *
 * @param outcome how the restore ended
 * @param migrated exit status of the migrate command; 0 when it ended well, or was not wanted
 * @param afterRestore exit status of the application's own command; 0 when it ended well, or there is none
 */
public record RefreshResult(RestoreOutcome outcome, int migrated, int afterRestore) {
    /** Whether the application's commands ended well, too. */
    public boolean isGood() {
        return migrated == 0 && afterRestore == 0;
    }
}
