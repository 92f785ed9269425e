package dev.pgkeep.operation.retention;

import dev.pgkeep.repository.StoredBackup;
import java.util.List;

/**
 * Backups that are about to be removed, none of which is protected.
 *
 * @param backups at least one; those that are lost come first
 */
public record DeletePlan(List<StoredBackup> backups) {
    public DeletePlan {
        backups = List.copyOf(backups);
    }

    /** Names of the backups, in the order in which they go. */
    public List<String> names() {
        return backups.stream().map(StoredBackup::name).toList();
    }
}
