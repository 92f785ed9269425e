package dev.pgkeep.operation.refresh;

import dev.pgkeep.operation.refresh.masking.MaskPlan;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import java.util.Optional;

/**
 * The plan of a refresh.
 *
 * @param source what it takes
 * @param restore how the target is replaced
 * @param masks what will be masked, tried on the definitions; empty without rules
 */
public record RefreshPlan(RefreshSource source, RestorePlan restore, Optional<MaskPlan> masks) {}
