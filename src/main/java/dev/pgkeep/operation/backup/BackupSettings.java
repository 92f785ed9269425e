package dev.pgkeep.operation.backup;

import dev.pgkeep.format.manifest.Manifest;
import java.time.Duration;
import java.util.Optional;

/**
 * The configuration of making backups.
 *
 * @param nameTemplate template of names, see {@link dev.pgkeep.format.manifest.BackupName}
 * @param lockTimeout how long a lock is waited for at once
 * @param lockAttempts how often a backup is begun anew when locks stand in the way
 * @param lockPause how long to wait before that
 * @param fullEvery after which time a backup reads everything again, not only what changed; zero for never
 * @param migrationsQuery a query that tells count and head of a migration tool that is not recognised
 * @param application version and commit of the application
 * @param version version of pgkeep
 */
public record BackupSettings(
        String nameTemplate,
        Duration lockTimeout,
        int lockAttempts,
        Duration lockPause,
        Duration fullEvery,
        Optional<String> migrationsQuery,
        Optional<Manifest.Application> application,
        String version) {
    /** Whoever waits for a safety backup should not wait for everything to be read, unless that is long overdue. */
    private static final int PATIENCE = 4;

    /** These settings for a backup that somebody waits for. */
    BackupSettings awaited() {
        return new BackupSettings(
                nameTemplate,
                lockTimeout,
                lockAttempts,
                lockPause,
                fullEvery.multipliedBy(PATIENCE),
                migrationsQuery,
                application,
                version);
    }
}
