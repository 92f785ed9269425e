/**
 * Takes a database back. {@link dev.pgkeep.operation.restore.Restore} plans and executes;
 * {@link dev.pgkeep.operation.restore.RestoreDatabase} adds the question and the application's own steps;
 * {@link dev.pgkeep.operation.restore.ScratchRestore} restores into a database that is dropped again, for proofs, on a
 * {@link dev.pgkeep.operation.restore.ScratchServer}.
 *
 * <ol>
 *   <li>{@code plan} looks and changes nothing: the backup is read through, the target looked at, the mode chosen and
 *       every obstacle found; {@code rehearsal} makes definitions that a server may refuse, and takes them back. The
 *       caller shows all of it at once, and asks.
 *   <li>The backup is held ({@code FileLockHandle}), the database locked by name ({@code ServerSession}), and what
 *       killed runs left half-loaded is dropped: it is known by its name and by the lock that nobody holds.
 *   <li>The safety backup, where something would be lost: if it fails, nothing is dropped. The record of the run names
 *       it before anything is destroyed ({@code RecordedRun}), which is how undo finds the way back after a crash.
 *   <li>To replace a database, {@code load} creates an equal empty one under a name of its own beside it, which is
 *       filled, compared with the backup ({@code proof}) and equipped; {@code swap} has the two exchange names, and
 *       drops or keeps the old one.
 *   <li>The other modes go into a database that is there: its content is replaced, or it is filled, or gets tables or
 *       rows. What is replaced, and rows alone, go in within one transaction, which does all of it or nothing.
 *   <li>The application's command runs on the database that is restored.
 * </ol>
 *
 * <p>A new database has its real name only when it is complete, so that nobody can get into a half-loaded one.
 */
@NullMarked
package dev.pgkeep.operation.restore;

import org.jspecify.annotations.NullMarked;
