/**
 * Takes a database back. {@link dev.pgkeep.operation.restore.Restore} plans (the backup is read through and every
 * obstacle found before anything is touched) and executes; {@link dev.pgkeep.operation.restore.ScratchRestore} does the
 * same into a database that is dropped again, for proofs.
 *
 * <p>Order: check the backup, preflight, [the caller asks], safety backup of the target, then: end connections, drop,
 * create an equal empty database under a name of its own, load, compare rows, rename. Under its real name the database
 * appears only when it is complete, so that nobody can get into a half-loaded one. What a killed run leaves behind is
 * recognised by its name and by the lock that nobody holds, and removed by the next run.
 *
 * <p>Rows alone go into existing tables in one transaction, which either replaces them all or changes nothing.
 */
@NullMarked
package dev.pgkeep.operation.restore;

import org.jspecify.annotations.NullMarked;
