/**
 * Reads what a server and a database say about themselves, over plain JDBC.
 *
 * <p>Doors: {@link dev.pgkeep.postgres.catalog.Catalog} asks the questions (each an {@code .sql} file beside it),
 * {@link dev.pgkeep.postgres.catalog.Protection} reads and writes the mark of {@code pgkeep protect},
 * {@link dev.pgkeep.postgres.catalog.OthersCode} finds code of others in a statement,
 * {@link dev.pgkeep.postgres.catalog.Sql} quotes.
 *
 * <p>Invariants: nothing here waits for a lock that an ordinary ALTER TABLE holds, no query reads user data, and every
 * name is a catalog name, unquoted, until {@code Sql.identifier} quotes it. Works with servers from 10 on.
 */
@NullMarked
package dev.pgkeep.postgres.catalog;

import org.jspecify.annotations.NullMarked;
