package dev.pgkeep.operation.reset;

import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Target;
import java.util.Optional;

/**
 * The plan by which a database will be made empty.
 *
 * @param target the database, on the one server that answered
 * @param existing the database as it is; empty when there is none
 * @param like what the empty one will be like; empty when nobody knows
 * @param isProtected whether it bears the mark of {@code pgkeep protect}, or bore it when an interrupted run dropped it
 */
public record EmptyDatabasePlan(
        Target target,
        ServerInfo server,
        Optional<ExistingDatabase> existing,
        Optional<DatabaseProperties> like,
        EmptyDatabaseMode way,
        boolean isProtected) {

    /** Whether there is anything to lose. */
    public boolean isDestructive() {
        return existing.filter(ExistingDatabase::isWorthKeeping).isPresent();
    }
}
