package dev.pgkeep.history;

import dev.pgkeep.postgres.connect.Target;

/** Makes the backup that undo goes back to, and without which nothing is changed. */
@FunctionalInterface
public interface SafetyBackup {
    /** Backs up that database and returns the backup's name; throws when it could not. */
    String make(Target target);
}
