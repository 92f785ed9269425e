/**
 * Chooses a backup: which one is meant, which one is good, and what is said when one turns out to be damaged.
 * {@link dev.pgkeep.repository.select.BackupSelector} finds one by what somebody wrote,
 * {@link dev.pgkeep.repository.select.RefreshChoice} the best one of another database,
 * {@link dev.pgkeep.repository.select.NewestBackup} the newest good one. All of them decide on a list of backups and
 * change nothing; only {@link dev.pgkeep.repository.select.DamagedBackups} writes a mark.
 */
@NullMarked
package dev.pgkeep.repository.select;

import org.jspecify.annotations.NullMarked;
