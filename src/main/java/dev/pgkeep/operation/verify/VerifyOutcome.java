package dev.pgkeep.operation.verify;

import dev.pgkeep.repository.inspection.Finding;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of an examination of backups.
 *
 * @param results of every backup that was examined, in the order of the backups
 * @param findings about the repository as a whole; none unless it was looked at
 * @param instead what to do where a backup is damaged
 */
public record VerifyOutcome(List<VerifyResult> results, List<Finding> findings, Optional<String> instead) {
    /** Whether nothing is damaged or lost. */
    public boolean isGood() {
        return results.stream().allMatch(VerifyResult::isGood)
                && Finding.damage(findings).isEmpty();
    }
}
