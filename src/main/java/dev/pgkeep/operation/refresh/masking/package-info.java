/**
 * Rules that say what becomes of the values of columns, and the SQL that does it. Pure:
 * {@link dev.pgkeep.operation.refresh.masking.MaskPlan} takes rules and the shape of a database, finds everything that
 * does not fit together, and gives statements; somebody else reads the shape and runs them.
 *
 * <p>Invariants: every column is masked at most once, by the rule that names it most exactly. A hash depends on the
 * value and the key alone, so that the same value is the same in every table. Columns tied by a foreign key are masked
 * alike or not at all.
 */
@NullMarked
package dev.pgkeep.operation.refresh.masking;

import org.jspecify.annotations.NullMarked;
