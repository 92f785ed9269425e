/**
 * Tables of a live database as rows that refer to each other: columns, keys, foreign keys, and what is involved when
 * rows go. {@link dev.pgkeep.postgres.relations.RelationCatalog} reads them,
 * {@link dev.pgkeep.postgres.relations.RelationGraph} puts them in order (pure),
 * {@link dev.pgkeep.postgres.relations.ForeignKeyClosure} follows foreign keys on the server, in temporary tables, so
 * that memory here does not grow with rows.
 *
 * <p>A partitioned table is one relation; its rows are known by partition and place. An ordinary table is only its own
 * rows, not those of tables that inherit from it.
 */
@NullMarked
package dev.pgkeep.postgres.relations;

import org.jspecify.annotations.NullMarked;
