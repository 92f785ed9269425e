/**
 * Knows tables of a live database as rows that refer to each other: columns, keys, foreign keys, and what is involved
 * when rows go. {@link dev.pgkeep.postgres.relations.RelationCatalog} reads them,
 * {@link dev.pgkeep.postgres.relations.RelationGraph} puts them in order (pure),
 * {@link dev.pgkeep.postgres.relations.ForeignKeyClosure} follows foreign keys on the server.
 *
 * <ol>
 *   <li>What somebody wrote as a condition is a temporary view first ({@code Condition}): the server parses it and runs
 *       nothing, {@code OthersCode} looks in its dependencies for code of roles that could not act as ours, and what
 *       runs then is that view.
 *   <li>The places of rows that go (partition and ctid) stand in temporary tables, one for each table that can be
 *       reached ({@code RowLocators}), so that memory here does not grow with rows.
 *   <li>{@code ClosureSearch} goes round by round: each adds the rows that refer to those of the round before, until
 *       nothing is added.
 *   <li>Count and content hash of what was found are {@link dev.pgkeep.postgres.relations.RowsFound}.
 * </ol>
 *
 * <p>A partitioned table is one relation; its rows are known by partition and place. An ordinary table is only its own
 * rows, not those of tables that inherit from it. All of it happens in a
 * {@link dev.pgkeep.postgres.relations.RowSession}, which says how values become text.
 */
@NullMarked
package dev.pgkeep.postgres.relations;

import org.jspecify.annotations.NullMarked;
