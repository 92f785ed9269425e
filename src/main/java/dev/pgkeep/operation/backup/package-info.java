/**
 * Makes a backup: {@link dev.pgkeep.operation.backup.Backup} plans it, dumps in one snapshot, reads back what was
 * written and holds it against the rows counted in that snapshot, and only then lets the repository commit it.
 * {@link dev.pgkeep.operation.backup.BackupDatabase} adds what comes after: retention, and kept databases that go.
 *
 * <ol>
 *   <li>{@code BackupPlanner} settles on one server and a client, reads the catalog, and refuses what would fail later:
 *       tables that may not be read, rows hidden by row security, a full disk.
 *   <li>{@code Repository.cleanUp} finishes or removes what dead runs left; {@code Repository.begin} gives a
 *       {@code PendingBackup}, a locked folder that nobody lists.
 *   <li>{@code Dump} takes a {@code Snapshot} and makes every form in it: {@code ChunkedCopy} the chunks,
 *       {@code PgDumpCopies} those of pg_dump. {@code RowCounter} counts in the same snapshot what pg_dump writes.
 *       {@code LockConflictMonitor} looks from outside whether somebody's schema change waits for our locks; then the
 *       dump gives way, and {@code LockRetries} says whether {@code Backup} tries again.
 *   <li>{@code PendingBackup.sync} forces everything to the disk. {@code BackupCheck} reads a dump back: its rows must
 *       be those of the snapshot, table by table, and its table of contents must name every table. Chunks were read
 *       back when they were written.
 *   <li>{@code ManifestDraft} makes the metadata, {@code PendingBackup.commit} makes it a backup, and a mark says
 *       {@code checked}.
 * </ol>
 *
 * <p>The order is the safety: a run that dies leaves nothing that is listed, and a waiting ALTER TABLE never holds up
 * the application for the length of a backup. {@code RecordedRun} keeps the record of the run.
 */
@NullMarked
package dev.pgkeep.operation.backup;

import org.jspecify.annotations.NullMarked;
