/**
 * Gets a backup into a database. Doors: {@link dev.pgkeep.operation.restore.load.FreshDatabase} for one that is made
 * for it and takes its name at the end, {@link dev.pgkeep.operation.restore.load.BackupLoader} for one that is there.
 *
 * <p>{@code FreshDatabase} goes step by step: {@code create} makes an empty database under a name of its own, equal to
 * the one it stands for ({@code CreateDatabaseLike}); {@code fill} has {@code BackupLoader} load and compare;
 * {@code equip} gives it settings and limits; {@code become} gives it the name. One that got no name is dropped when it
 * is closed.
 *
 * <p>{@code BackupLoader} takes what the source is: a dump goes through pg_restore or, as a script, statement by
 * statement ({@code DumpLoader}); chunks go through {@code chunked}. Rows alone go into tables that are there in one
 * transaction ({@code DataOnlyDumpLoader}, {@code DataOnlyChunkLoader}), while their constraints rest
 * ({@code SuspendedConstraints}); all that is in a database, or tables of it, is replaced in one, too
 * ({@code InPlaceLoad}). What fails on the way is tried again in other ways ({@code mend}). Where only the rights of a
 * role are wanted, {@code LoadRole} makes a login that has no others.
 */
@NullMarked
package dev.pgkeep.operation.restore.load;

import org.jspecify.annotations.NullMarked;
