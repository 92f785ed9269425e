/**
 * PostgreSQL's programs at work on a database that is being restored. {@link dev.pgkeep.restore.client.PgRestore} runs
 * archives or chosen entries of them and ends at the first error that is not known to be harmless;
 * {@link dev.pgkeep.restore.client.Psql} prepares psql for a script that is sent to it. Knows nothing of plans and
 * backups: it is told which programs, which database and what to leave out.
 */
@NullMarked
package dev.pgkeep.restore.client;

import org.jspecify.annotations.NullMarked;
