/**
 * Sends a dump to a database. {@link dev.pgkeep.operation.restore.client.PgRestore} runs archives or chosen entries of
 * them and ends at the first error that {@code LoadErrors} does not know to be harmless;
 * {@link dev.pgkeep.operation.restore.client.ScriptSender} sends a script, statement by statement, in a session that
 * {@link dev.pgkeep.operation.restore.client.ScriptSession} opened, and {@code ScriptErrors} tells line and remedy of
 * what the server refuses. Knows nothing of plans and backups: it is told which programs, which database and what to
 * leave out.
 */
@NullMarked
package dev.pgkeep.operation.restore.client;

import org.jspecify.annotations.NullMarked;
