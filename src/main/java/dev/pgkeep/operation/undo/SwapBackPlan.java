package dev.pgkeep.operation.undo;

import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import dev.pgkeep.operation.restore.plan.Finding;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import java.util.List;
import java.util.Optional;

/**
 * The facts before a replaced database gets its name back.
 *
 * @param target the name, on the one server that answered
 * @param kept the replaced database
 * @param existing the database that has the name now; empty when there is none
 */
public record SwapBackPlan(
        Target target,
        ServerInfo server,
        KeptDatabase kept,
        Optional<ExistingDatabase> existing,
        List<Finding> findings) {

    /** Whether the database that has the name now bears the mark of {@code pgkeep protect}. */
    public boolean isProtected() {
        return existing.filter(ExistingDatabase::isProtected).isPresent();
    }

    public List<Finding> blocking() {
        return findings.stream().filter(Finding::blocks).toList();
    }
}
