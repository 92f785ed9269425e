package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.error.ExitStatus;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.restore.RestoreRequest;
import dev.pgkeep.restore.source.RestoreSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep undo}. */
@Command(
        description = "Goes back to before the last thing that changed the database (restore, reset, refresh, migrate,"
                + " guard, undo), by restoring the safety backup that was made then; also when that failed or was killed."
                + " An undo can be undone the same way.",
        footer = {"", "Examples:", "  pgkeep undo", "  pgkeep undo --dry-run"})
final class UndoCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(
            names = "--allow-protected",
            description = "Do not ask for the name of a protected database; --yes is needed all the same")
    boolean allowProtected;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing")
    boolean dryRun;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        UndoChoice choice = UndoChoice.of(pgkeep);
        Target target = choice.target();
        String safety = choice.safetyBackup();
        session.say(choice.story(session.surroundings().clock().instant()));
        RestoreSource source =
                new RestoreChoice(session, pgkeep).source(Optional.of(safety), null, null, backup -> true);
        // Going back means back to whom everything belonged, as far as this role may say so.
        boolean mayGiveAway = isSuperuser(pgkeep, target);
        return new RestoreRun(session, pgkeep, "undo", allowProtected)
                .run(source, RestoreRequest.whole(target, mayGiveAway, mayGiveAway), dryRun);
    }

    private static boolean isSuperuser(Pgkeep pgkeep, Target target) {
        try (var connection = pgkeep.connector().openBeside(target, "pgkeep")) {
            return new dev.pgkeep.postgres.catalog.Catalog(connection).server().superuser();
        } catch (java.sql.SQLException | PgkeepException e) {
            return false;
        }
    }
}
