package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.postgres.catalog.ServerInfo;
import java.util.Optional;

/**
 * The facts that decide how a target gets its new content.
 *
 * @param request what is wanted
 * @param target what is there
 * @param createsDatabases whether the role may create databases
 * @param ownsTarget whether the role may drop and rename the target
 * @param standsBeside whether the role gets into another database of the server, from where the target can be dropped
 */
record RestoreFacts(
        RestoreRequest request, State target, boolean createsDatabases, boolean ownsTarget, boolean standsBeside) {
    /** The state of a target. */
    enum State {
        MISSING,
        EMPTY,
        FILLED
    }

    static RestoreFacts of(
            RestoreRequest request, ServerInfo server, Optional<ExistingDatabase> existing, boolean standsBeside) {
        return new RestoreFacts(
                request,
                existing.map(each -> each.isEmpty() ? State.EMPTY : State.FILLED)
                        .orElse(State.MISSING),
                server.createDatabases(),
                existing.map(ExistingDatabase::ownedByUs).orElse(false),
                standsBeside);
    }

    /** Whether the target may be dropped and created anew. */
    boolean mayRecreate() {
        return createsDatabases && ownsTarget && standsBeside;
    }
}
