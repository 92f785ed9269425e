package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.manifest.Manifest;
import java.util.List;

/** Applies the retention in force after a successful backup; a failure there does not make the backup a failure. */
final class Retention {
    private Retention() {}

    /** Names of the backups that were removed. */
    static List<String> afterBackup(Session session, Pgkeep pgkeep, Manifest manifest) {
        return List.of();
    }
}
