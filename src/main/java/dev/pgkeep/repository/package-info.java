/**
 * Keeps backups: a folder that describes itself. {@link dev.pgkeep.repository.Repository} is the door.
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
 * <p>A backup is written where nobody lists it ({@code PendingBackup}), synced, and checked. Once its metadata stands
 * as {@code work/NAME/commit.json}, it is decided: everything that follows is renaming, data first and metadata last,
 * which the next run finishes if this one dies. A removal ({@code Removal}) writes its list of files first, for the
 * same reason. A work folder whose lock nobody holds belongs to a dead run; without a commit file or a list it is
 * removed.
 *
 * <p>Whoever reads or writes chunks shares a lock ({@code SharedChunks}), which a sweep ({@code ChunkSweep}) has alone.
 * Locks are the operating system's, so a dead run holds none and no heartbeat is needed. Metadata is never rewritten;
 * what is learned later is a mark. Files that pgkeep did not write are listed, never changed. docs/repository.md has
 * every file.
 */
@NullMarked
package dev.pgkeep.repository;

import org.jspecify.annotations.NullMarked;
