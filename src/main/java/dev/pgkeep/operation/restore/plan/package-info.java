/**
 * Finds out what a restore will do, and what stands in its way, before anything is changed. Door:
 * {@link dev.pgkeep.operation.restore.plan.RestorePlanner}. Reads only.
 *
 * <ol>
 *   <li>{@code SourceCheck} chooses a client and reads the whole backup through:
 *       {@link dev.pgkeep.operation.restore.plan.SourceContents}.
 *   <li>{@code TargetProbe} looks at the target: {@link dev.pgkeep.operation.restore.plan.ExistingDatabase}, or none.
 *   <li>{@link dev.pgkeep.operation.restore.plan.RestoreMode} says how the target gets its new content, by the
 *       {@link dev.pgkeep.operation.restore.plan.RestoreRequest} and the facts.
 *   <li>{@code Preflight} makes the checks that this mode needs ({@code TargetChecks}, {@code ObstacleChecks},
 *       {@code ContentChecks}, {@code RequirementChecks}, …). All of them are made: what they find is a
 *       {@link dev.pgkeep.operation.restore.plan.Finding}, which blocks or is worth knowing, and the user reads it at
 *       once.
 * </ol>
 */
@NullMarked
package dev.pgkeep.operation.restore.plan;

import org.jspecify.annotations.NullMarked;
