/**
 * Holds one consistent view of a database for as long as a backup needs it.
 * {@link dev.pgkeep.postgres.snapshot.Snapshot} takes it and exports it to pg_dump,
 * {@link dev.pgkeep.postgres.snapshot.RowCounter} counts rows in it on a connection of its own, table by table as it is
 * told to, and {@link dev.pgkeep.postgres.snapshot.LockConflictMonitor} looks at our own sessions from outside: how far
 * they are, and whether somebody's ALTER TABLE waits for them. {@link dev.pgkeep.postgres.snapshot.ChangeLock} and
 * {@link dev.pgkeep.postgres.snapshot.DatabaseLock} keep other runs of pgkeep away.
 *
 * <p>Invariants. Everything is read in the same snapshot. A table that was truncated or rewritten between the snapshot
 * and its lock is noticed by its relfilenode: it would otherwise be read as empty, without any error. A schema change
 * that waits for our locks holds up everybody who comes after it, so the backup gives way to it instead of finishing.
 */
@NullMarked
package dev.pgkeep.postgres.snapshot;

import org.jspecify.annotations.NullMarked;
