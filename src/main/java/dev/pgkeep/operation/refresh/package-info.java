/**
 * Replaces a database by what another one holds: production's newest proven backup on the machine of a developer.
 * {@link dev.pgkeep.operation.refresh.Refresh} is the door. It finds the backup
 * ({@link dev.pgkeep.operation.refresh.RefreshSource}), also on another machine ({@code ssh}), plans, and replaces the
 * target as a restore does.
 *
 * <p>Invariants: the target is on this machine or on a host that was named for this, and it is not where the backup was
 * made. Rules for masking are tried on a database without rows before anything is touched; real rows are masked, and
 * what was left of them on the disk rewritten, while the database still has the name that nobody knows. What is fetched
 * from another machine lies in a private folder that goes when the run ends, or, after a crash, with the next one.
 */
@NullMarked
package dev.pgkeep.operation.refresh;

import org.jspecify.annotations.NullMarked;
