/**
 * Replaces a database by what another one holds: production's newest proven backup on the machine of a developer. Door:
 * {@link dev.pgkeep.operation.refresh.RefreshDatabase}, over {@link dev.pgkeep.operation.refresh.Refresh}.
 *
 * <ol>
 *   <li>{@link dev.pgkeep.operation.refresh.TargetRules} refuses a target that is protected, or on a host that was not
 *       named. {@link dev.pgkeep.operation.refresh.RefreshSources} finds the backup: {@code RefreshChoice} prefers a
 *       proven one; one on another machine comes by {@code ssh} into a private folder of the run.
 *   <li>{@code plan} is the plan of a restore. With rules for masking, {@code ScratchRestore} makes a database without
 *       rows from the backup's definitions, on which {@code Masking.rehearse} tries everything that will be run later.
 *   <li>{@code run} is a restore that calls {@code Masking.run} on the new database after it was compared and before it
 *       gets its name; what was left of real rows on the disk is rewritten there.
 *   <li>The application's commands run when the database has its name, so that they never see what is not masked.
 * </ol>
 *
 * <p>The target is on this machine or on a host that was named for this, and it is not where the backup was made. What
 * is fetched goes when the run ends, or, after a crash, with the next one. docs/masking.md has the order of masking and
 * the reasons.
 */
@NullMarked
package dev.pgkeep.operation.refresh;

import org.jspecify.annotations.NullMarked;
