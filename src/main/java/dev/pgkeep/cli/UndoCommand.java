package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.cli.render.DryRunJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.operation.restore.plan.RestoreOption;
import dev.pgkeep.operation.rows.RowsDocuments;
import dev.pgkeep.operation.undo.Undo;
import dev.pgkeep.operation.undo.UndoChoice;
import dev.pgkeep.operation.undo.UndoPlan;
import dev.pgkeep.postgres.connect.Target;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
            "  pgkeep undo --discard      drop the database that was replaced and kept"
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

    @Mixin
    final AllowProtected allowProtected = new AllowProtected();

    @Option(
            names = "--whole",
            description = "After a cleanup: restore the whole safety backup, instead of putting the deleted rows back")
    boolean whole;

    @Option(
            names = "--in-place",
            description = "Where a backup is restored: replace what is inside the database, in one transaction")
    boolean inPlace;

    @Mixin
    final DeltaOptions delta = new DeltaOptions();

    @Option(names = "--no-proof", description = "Where a backup is restored: do not compare its rows with the backup")
    boolean noProof;

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
            return new DiscardRun(session, pgkeep, allowProtected.given).run(target, dryRun);
        }
        Undo undo = pgkeep.undo(CommandStages.aside(session));
        UndoChoice choice = undo.choose(pgkeep.testTarget(), pgkeep::targetBesideTest, whole);
        session.say(new UndoStory(choice, session.surroundings().clock().instant()).lines());
        DestructiveConfirmation danger = new DestructiveConfirmation(session, pgkeep, allowProtected.given);
        Instant started = session.surroundings().clock().instant();
        UndoPlan plan = undo.plan(choice, how());
        return switch (plan) {
            case UndoPlan.Arrived arrived -> arrived(session, undo, arrived);
            case UndoPlan.Swap swap ->
                new SwapBackScreen(session, pgkeep, danger).run(swap.plan(), dryRun, () -> undo.swap(swap, danger));
            case UndoPlan.Rows rows ->
                new RowsRestoreScreen(session, danger)
                        .run(
                                rows.preview(),
                                RowsDocuments.name(rows.preview().file()),
                                !dryRun,
                                () -> undo.rows(rows, danger).outcome());
            case UndoPlan.Restore restore ->
                new RestoreScreen(session, danger, started)
                        .run(
                                restore.plan(),
                                dryRun,
                                confirm -> undo.restore(restore, confirm).result());
        };
    }

    private Set<RestoreOption> how() {
        Set<RestoreOption> how = EnumSet.noneOf(RestoreOption.class);
        if (inPlace) {
            how.add(RestoreOption.CLEAN);
        }
        if (noProof) {
            how.add(RestoreOption.NO_PROOF);
        }
        how.addAll(delta.options());
        return how;
    }

    /** Ends an undo of which only the record was missing: a killed one that had done everything. */
    private ExitStatus arrived(Session session, Undo undo, UndoPlan.Arrived plan) {
        if (!dryRun) {
            undo.arrived(plan);
        }
        if (session.options().json) {
            session.document(Json.text(new DryRunJson(
                    dryRun,
                    String.valueOf(plan.choice().run().keptDatabase()),
                    plan.choice().target().database(),
                    List.of("nothing is left to do"))));
        }
        session.say("Nothing is left to do. Not what you wanted? "
                + (dryRun ? "Run pgkeep undo twice" : "pgkeep undo swaps them once more") + ".");
        return ExitStatus.DONE;
    }
}
