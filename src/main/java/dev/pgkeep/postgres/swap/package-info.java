/**
 * Gives a database's name to another one, and knows the databases that are kept.
 * {@link dev.pgkeep.postgres.swap.DatabaseSwap} is the door; {@link dev.pgkeep.postgres.swap.KeptDatabases} lists what
 * was replaced.
 *
 * <p>A server renames only a database that nobody uses. {@code SwapAttempt} renames in a transaction of its own
 * session. The new database is set aside first, which makes sure that nobody is in it before anybody has to wait.
 * Renaming the old one takes the server's exclusive lock and waits for it to be empty, so whoever connects from now on
 * waits too, while a second session ends whoever is inside. The rest (the other renaming, both comments, the commit) is
 * in the same packet: no round trip falls into the time in which others wait. All limits are seconds, kept by the
 * server even when pgkeep is gone; then everybody is let in again and {@code DatabaseSwap} tries later. When the line
 * breaks, {@code CommitOutcomeCheck} looks how it ended.
 *
 * <p>There is no state in between: until the commit the old database has the name, from then on the new one. A killed
 * run leaves nothing to repair but a database under a {@code TemporaryDatabaseName}, which the next run drops, or one
 * under a {@code KeptDatabaseName}, which is as it should be. Connections are kept out by a lock, never by a setting,
 * as that would outlive a crash. What a kept database is stands in its own comment
 * ({@link dev.pgkeep.postgres.swap.KeptDatabaseComment}): any pgkeep on any machine can tell.
 */
@NullMarked
package dev.pgkeep.postgres.swap;

import org.jspecify.annotations.NullMarked;
