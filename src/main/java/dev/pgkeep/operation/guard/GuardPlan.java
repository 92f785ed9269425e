package dev.pgkeep.operation.guard;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.catalog.ConnectionInUse;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.Optional;

/**
 * The plan of a guarded run: what is known before anything is done; what {@code --dry-run} prints.
 *
 * @param target the database, on the one server that answered
 * @param isProtected whether it bears the mark of {@code pgkeep protect}
 * @param bytes its size
 * @param connections who else is connected
 * @param before what it looks like now
 * @param pending what is going to be applied, where that can be told
 */
public record GuardPlan(
        GuardRequest request,
        Target target,
        ServerInfo server,
        boolean isProtected,
        long bytes,
        List<ConnectionInUse> connections,
        DatabaseState before,
        Optional<PendingMigrations> pending) {

    /** Whether there is nothing to do, and nobody wants it done all the same. */
    public boolean isIdle() {
        return request.isMigration()
                && !request.always()
                && pending.filter(PendingMigrations::isEmpty).isPresent();
    }

    /** This plan with the rows that a backup of this moment holds. */
    GuardPlan withRowsOf(Manifest backup) {
        return new GuardPlan(
                request, target, server, isProtected, bytes, connections, before.withRowsOf(backup), pending);
    }
}
