/**
 * Where a database is and how to get in: text of any dialect in, JDBC connections and an environment for PostgreSQL's
 * own tools out.
 *
 * <p>Doors: {@link dev.pgkeep.postgres.connect.TargetReader} (text to {@link dev.pgkeep.postgres.connect.Target}),
 * {@link dev.pgkeep.postgres.connect.Connector} (target to connection),
 * {@link dev.pgkeep.postgres.connect.SessionSettings} (what every session has set) and
 * {@link dev.pgkeep.postgres.connect.SqlErrors} (driver errors to the one error family).
 *
 * <p>Reading happens in the order of libpq: what the text says, then the service file, then {@code PG*} variables, then
 * defaults; the password file comes last. Every value that reaches a {@code Target} carries a libpq name; parameters
 * that belong to object-relational mappers and connection pools are translated or left out with a note, never passed
 * on.
 *
 * <p>Invariant: a password lives only in {@link dev.pgkeep.postgres.connect.Secret}, in the driver's properties and in
 * the environment of a child process; no text made here holds it.
 */
@NullMarked
package dev.pgkeep.postgres.connect;

import org.jspecify.annotations.NullMarked;
