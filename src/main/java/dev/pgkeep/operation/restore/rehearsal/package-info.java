/**
 * Finds out before anything is asked or changed whether definitions can be made, by making them: all of a backup's, or
 * of the database as it is, without rows, in a transaction that is taken back. Doors:
 * {@link dev.pgkeep.operation.restore.rehearsal.Rehearsal} for the plan of a restore,
 * {@link dev.pgkeep.operation.restore.rehearsal.WayBackRehearsal} for whatever changes a database and is undone by a
 * backup.
 *
 * <p>Where the role may create databases it happens in an empty one that is dropped again; elsewhere in the database
 * itself, where locks are given up after a second. What the server refuses is left out where the database is whole
 * without it and only an administrator may make it; else the content is replaced inside, where such an object can stay;
 * else the restore is refused.
 */
@NullMarked
package dev.pgkeep.operation.restore.rehearsal;

import org.jspecify.annotations.NullMarked;
