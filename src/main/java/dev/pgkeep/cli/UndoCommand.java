package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.ExitStatus;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.manifest.Run;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.restore.RestoreRequest;
import dev.pgkeep.restore.source.RestoreSource;
import dev.pgkeep.units.Spans;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep undo}. */
@Command(
        description = "Goes back to before the last restore, by restoring the safety backup that was made then."
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
        Target target = pgkeep.testTarget().orElseGet(pgkeep::target);
        Run last = last(pgkeep, target);
        String safety = Optional.ofNullable(last.safetyBackup())
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.BACKUP_NOT_FOUND,
                        "the last " + last.command() + " made no safety backup: there was nothing in "
                                + target.database() + " before, or --no-safety-backup was given",
                        "choose a backup yourself: pgkeep list"));
        session.say("The last " + last.command() + " of " + target.database() + " was "
                + Spans.ago(last.started(), session.surroundings().clock().instant())
                + (last.succeeded() ? "" : " and did not end well") + ", after " + safety + " was made.");
        RestoreSource source =
                new RestoreChoice(session, pgkeep).source(Optional.of(safety), null, null, backup -> true);
        // Going back means back to whom everything belonged, as far as this role may say so.
        boolean mayGiveAway = isSuperuser(pgkeep, target);
        return new RestoreRun(session, pgkeep, "undo", allowProtected)
                .run(source, RestoreRequest.whole(target, mayGiveAway, mayGiveAway), dryRun);
    }

    private static Run last(Pgkeep pgkeep, Target target) {
        return pgkeep.repository().runs().stream()
                .filter(run -> run.command().equals("restore") || run.command().equals("undo"))
                .filter(run -> run.database().equals(target.database()))
                .filter(run -> run.safetyBackup() != null || run.succeeded())
                .findFirst()
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.BACKUP_NOT_FOUND,
                        "nothing was restored into " + target.database() + " from this repository",
                        "choose a backup yourself: pgkeep list"));
    }

    private static boolean isSuperuser(Pgkeep pgkeep, Target target) {
        try (var connection = pgkeep.connector().openBeside(target, "pgkeep")) {
            return new dev.pgkeep.postgres.catalog.Catalog(connection).server().superuser();
        } catch (java.sql.SQLException | PgkeepException e) {
            return false;
        }
    }
}
