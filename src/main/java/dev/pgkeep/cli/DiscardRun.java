package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.cli.render.DiscardJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.KeptJson;
import dev.pgkeep.operation.undo.KeptDatabaseExpiry;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import java.util.List;

/** {@code pgkeep undo --discard}: what is kept goes, and with it the way back to it. */
final class DiscardRun {
    private final Session session;
    private final Pgkeep pgkeep;
    private final boolean allowProtected;

    DiscardRun(Session session, Pgkeep pgkeep, boolean allowProtected) {
        this.session = session;
        this.pgkeep = pgkeep;
        this.allowProtected = allowProtected;
    }

    ExitStatus run(Target target, boolean dryRun) {
        KeptDatabaseExpiry databases = pgkeep.keptDatabases();
        List<KeptDatabase> kept = databases.of(target);
        if (kept.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_NOT_FOUND,
                    "no database is kept that was " + target.database(),
                    "pgkeep db shows what is on the server");
        }
        session.say(session.style().bold("To be dropped for good") + " on " + target.describeServer() + ":");
        kept.forEach(each -> session.say("  " + SwapWords.line(each)));
        if (dryRun) {
            session.say("Dry run: nothing was changed.");
        } else {
            session.say(target.database() + " itself stays as it is.");
            databases.discard(target, kept, new DestructiveConfirmation(session, pgkeep, allowProtected));
        }
        if (session.options().json) {
            session.document(Json.text(new DiscardJson(
                    dryRun,
                    target.describeServer(),
                    kept.stream().map(KeptJson::of).toList())));
        } else if (!dryRun) {
            session.conclude(session.style().good("✓ ") + "dropped " + Sizes.count(kept.size(), "kept database"));
        }
        return ExitStatus.DONE;
    }
}
