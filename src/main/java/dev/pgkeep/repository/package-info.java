/**
 * Where backups live: a folder that describes itself. {@link dev.pgkeep.repository.Repository} is the door.
 *
 * <pre>
 * pgkeep.json                          header: version, repository id
 * shop_2026-11-20_143052.json          metadata of one backup; its presence is the commit
 * shop_2026-11-20_143052.dump          its data (a file, or a folder in the directory format)
 * marks/NAME.TIME.TYPE.json            checked, proven, damaged, pinned, unpinned: only ever added
 * runs/TIME-ID.json                    history of runs
 * work/NAME/                           a backup being written or removed, and its lock
 * locks/NAME                           held (shared) while a backup is read, so that it is not removed meanwhile
 * </pre>
 *
 * <p>Invariants. A backup is written under {@code work/}, synced, checked, and only then renamed into place, data first
 * and metadata last; what it was about to rename is written down before, so that the next run can finish a commit (or a
 * removal) that was cut short. A work folder whose lock nobody holds belongs to a dead run: one without the commit file
 * is removed. The operating system frees the locks of a killed process, which is why no heartbeat is needed here. Names
 * that stand in {@code work/} are never listed. Files that pgkeep did not write are listed, never changed.
 */
@NullMarked
package dev.pgkeep.repository;

import org.jspecify.annotations.NullMarked;
