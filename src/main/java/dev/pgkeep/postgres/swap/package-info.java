/**
 * Gives a database's name to another one, and knows the databases that are kept.
 * {@link dev.pgkeep.postgres.swap.DatabaseSwap} renames both in one transaction, so that whatever happens on the way
 * there is always one complete database under the name; {@link dev.pgkeep.postgres.swap.KeptDatabases} lists what was
 * replaced and drops it when its time has passed.
 *
 * <p>What a kept database is stands in its own comment ({@link dev.pgkeep.postgres.swap.KeptDatabaseComment}), not in a
 * file: any pgkeep on any machine can tell. Connections are kept out by the lock that the renaming takes, never by a
 * setting, as a setting would outlive a crash.
 */
@NullMarked
package dev.pgkeep.postgres.swap;

import org.jspecify.annotations.NullMarked;
