package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.cli.render.DryRunJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestoreOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep undo}. */
@Command(
        description =
                "Goes back to before the last thing that changed the database (restore, reset, refresh, migrate,"
                        + " guard, cleanup, diff --repair, rows restore that wrote over rows, undo), also when that failed or was killed: by swapping the names back where a database was"
                        + " kept, by putting deleted rows back after a cleanup, else by restoring the safety backup that was made then. An undo can be undone the same way; after one that failed or was killed, the next goes on to where it was going.",
        footer = {
            "",
            "Examples:",
            "  pgkeep undo",
            "  pgkeep undo --dry-run",
            "  pgkeep undo --discard      drop the database that restore --swap replaced and kept"
        })
final class UndoCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(names = "--discard", description = "Do not go back: drop the database that was replaced and kept")
    boolean discard;

    @Option(
            names = "--keep-old",
            paramLabel = "SPAN",
            description = "Where names are swapped back: how long the database that is replaced now is kept (24h)")
    @Nullable
    String keepOld;

    @Option(
            names = "--allow-protected",
            description = "Do not ask for the name of a protected database; --yes is needed all the same")
    boolean allowProtected;

    @Option(
            names = "--whole",
            description = "After a cleanup: restore the whole safety backup, instead of putting the deleted rows back")
    boolean whole;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing")
    boolean dryRun;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.with("keep-old", keepOld).pgkeep();
        if (discard) {
            Target target = pgkeep.testTarget().orElseGet(pgkeep::target);
            List<KeptDatabase> kept = UndoChoice.kept(pgkeep, target);
            return new DiscardRun(session, pgkeep, allowProtected).run(target, kept, dryRun);
        }
        UndoChoice choice = UndoChoice.of(pgkeep);
        Target target = choice.target();
        session.say(choice.story(
                session.surroundings().clock().instant(),
                !whole && choice.rowsDocument(pgkeep).isPresent()));
        if (choice.hasArrived()) {
            return arrived(session, pgkeep, choice);
        }
        if (choice.kept().isPresent()) {
            return new SwapBackRun(session, pgkeep, allowProtected)
                    .run(target, choice.kept().get(), dryRun);
        }
        Optional<Path> rows = whole ? Optional.empty() : choice.rowsDocument(pgkeep);
        if (rows.isPresent()) {
            return new RowsRestoreRun(session, pgkeep, allowProtected)
                    .run(
                            rows.get(),
                            target,
                            new RestoreOptions(OnConflict.FAIL, false),
                            !dryRun,
                            RowsFiles.name(rows.get()));
        }
        String destination = choice.destination();
        RestoreSource source = pgkeep.sourceFinder().named(destination);
        // Going back means back to whom everything belonged, as far as this role may say so.
        boolean mayGiveAway = isSuperuser(pgkeep, target);
        return new RestoreRun(session, pgkeep, "undo", allowProtected)
                .run(source, RestoreRequest.back(target).withRoles(mayGiveAway), dryRun);
    }

    /** What is left of a killed undo that had done everything is its record. */
    private ExitStatus arrived(Session session, Pgkeep pgkeep, UndoChoice choice) {
        if (!dryRun) {
            pgkeep.repository().record(choice.run().done("it had swapped the names when it was killed"));
        }
        if (session.options().json) {
            session.document(Json.text(new DryRunJson(
                    dryRun,
                    String.valueOf(choice.run().keptDatabase()),
                    choice.target().database(),
                    List.of("nothing is left to do"))));
        }
        session.say("Nothing is left to do. Not what you wanted? "
                + (dryRun ? "Run pgkeep undo twice" : "pgkeep undo swaps them once more") + ".");
        return ExitStatus.DONE;
    }

    private static boolean isSuperuser(Pgkeep pgkeep, Target target) {
        try (var connection = pgkeep.connector().openBeside(target, "pgkeep")) {
            return new dev.pgkeep.postgres.catalog.Catalog(connection).server().superuser();
        } catch (java.sql.SQLException | PgkeepException e) {
            return false;
        }
    }
}
