/**
 * Handles whole databases from beside. {@link dev.pgkeep.postgres.admin.ServerSession} is the session that creates,
 * renames and drops, and locks by name every database that is about to be changed, so that what a dead run left behind
 * can be told from what a running one is at.
 *
 * <p>{@link dev.pgkeep.postgres.admin.CreateDatabaseLike} plans and creates a database equal to another (owner,
 * encoding, locale, settings, rights); {@link dev.pgkeep.postgres.admin.DropAllObjects} empties one from inside;
 * {@link dev.pgkeep.postgres.admin.TemporaryDatabaseName} and {@link dev.pgkeep.postgres.admin.KeptDatabaseName} say
 * which names pgkeep gives; {@link dev.pgkeep.postgres.admin.TargetServer} finds a way to the server where the target
 * itself cannot be connected to.
 */
@NullMarked
package dev.pgkeep.postgres.admin;

import org.jspecify.annotations.NullMarked;
