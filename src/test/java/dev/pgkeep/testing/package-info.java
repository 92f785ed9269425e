/**
 * What tests of several packages share: the databases they back up, and how two databases are compared.
 *
 * <p>{@link dev.pgkeep.testing.EverythingDatabase} fills a database, {@link dev.pgkeep.testing.ContentHash} and
 * {@link dev.pgkeep.testing.SchemaText} tell whether another one is the same. They know nothing of pgkeep's own way of
 * looking at a database, so that they can prove it wrong.
 */
@NullMarked
package dev.pgkeep.testing;

import org.jspecify.annotations.NullMarked;
