/**
 * Knows where a database is and how to get in: text of any dialect in, JDBC connections and an environment for
 * PostgreSQL's own tools out.
 *
 * <ol>
 *   <li>{@link dev.pgkeep.postgres.connect.TargetReader} makes a {@link dev.pgkeep.postgres.connect.Target} of a text,
 *       in the order of libpq: what the text says ({@code Dialects}), then the service file, then {@code PG*}
 *       variables, then defaults; the password file comes last. Every value carries a libpq name; parameters that
 *       belong to object-relational mappers and connection pools are translated or left out with a note, never passed
 *       on.
 *   <li>{@link dev.pgkeep.postgres.connect.Connector} tries its endpoints until a server answers that fits;
 *       {@code settle} keeps that one, so that children and later connections use the same.
 *   <li>Every session begins with the same settings ({@code SessionStart},
 *       {@link dev.pgkeep.postgres.connect.SessionSettings}). {@link dev.pgkeep.postgres.connect.ApplicationPath} lends
 *       one the names and forms of the application, where its code is run anyhow.
 *   <li>{@link dev.pgkeep.postgres.connect.SqlErrors} turns the driver's errors into the one error family;
 *       {@code Target.toolEnvironment} is for PostgreSQL's own programs.
 * </ol>
 *
 * <p>Invariant: a password lives only in {@link dev.pgkeep.postgres.connect.Secret}, in the driver's properties and in
 * the environment of a child process; no text made here holds it.
 */
@NullMarked
package dev.pgkeep.postgres.connect;

import org.jspecify.annotations.NullMarked;
