package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import java.util.List;

/**
 * Drops kept databases whose time has passed, whenever pgkeep works on their server. That is done beside what was asked
 * for: where it cannot be done the command goes on.
 */
final class KeptCare {
    private KeptCare() {}

    /** On a server that is at work anyway; returns what is still kept. */
    static List<KeptDatabase> letGo(Session session, Pgkeep pgkeep, Target server) {
        try {
            return pgkeep.farewell().expire(server);
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            return List.of();
        }
    }

    /** Only where the history knows of one, for commands that otherwise need no server. */
    static List<KeptDatabase> letGoIfAny(Session session, Pgkeep pgkeep) {
        boolean known = pgkeep.repository().runs().stream().anyMatch(run -> run.keptDatabase() != null);
        if (!known || pgkeep.settings().connection().isEmpty()) {
            return List.of();
        }
        try {
            return letGo(session, pgkeep, pgkeep.target());
        } catch (PgkeepException e) {
            return List.of();
        }
    }
}
