package dev.pgkeep.operation.retention;

import dev.pgkeep.repository.StoredBackup;

/**
 * The decision about one backup.
 *
 * @param keep whether it stays
 * @param reason why, for people, for instance {@code one of the last 7}, {@code older than 30 days}, {@code pinned}
 */
public record Decision(StoredBackup backup, boolean keep, String reason) {
    static Decision keep(StoredBackup backup, String reason) {
        return new Decision(backup, true, reason);
    }

    static Decision remove(StoredBackup backup, String reason) {
        return new Decision(backup, false, reason);
    }
}
