package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.DryRunJson;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.SwapBackJson;
import dev.pgkeep.operation.restore.plan.Finding;
import dev.pgkeep.operation.restore.swap.Swapped;
import dev.pgkeep.operation.undo.SwapBack;
import dev.pgkeep.operation.undo.SwapBackPlan;
import dev.pgkeep.operation.undo.UndoOutcome;
import dev.pgkeep.postgres.swap.KeptDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Undo of a swap on the command line: shows the plan, and what became of it. */
final class SwapBackScreen {
    private final Session session;
    private final Pgkeep pgkeep;
    private final DestructiveConfirmation danger;

    SwapBackScreen(Session session, Pgkeep pgkeep, DestructiveConfirmation danger) {
        this.session = session;
        this.pgkeep = pgkeep;
        this.danger = danger;
    }

    /** @param undo asks and swaps */
    ExitStatus run(SwapBackPlan plan, boolean dryRun, Supplier<UndoOutcome.Swap> undo) {
        announce(plan);
        SwapBack.refuseBlocked(plan);
        if (dryRun) {
            if (session.options().json) {
                session.document(Json.text(new DryRunJson(
                        true,
                        plan.kept().name(),
                        plan.target().database(),
                        plan.findings().stream().map(Finding::text).toList())));
            }
            session.say("Dry run: nothing was changed.");
            return ExitStatus.DONE;
        }
        Instant began = session.surroundings().clock().instant();
        UndoOutcome.Swap outcome = undo.get();
        Duration took = Duration.between(began, session.surroundings().clock().instant());
        summary(plan, outcome.swapped(), took.minus(danger.asked()));
        return outcome.afterRestore() == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void announce(SwapBackPlan plan) {
        KeptDatabase kept = plan.kept();
        String database = plan.target().database();
        session.say(session.style().bold("Undo: " + kept.name() + " becomes " + database + " again"));
        session.say(new Facts()
                .add("from", plan.target().origin())
                .add("server", Facts.server(plan.target(), plan.server().shortVersion()))
                .add("goes back to", SwapWords.line(kept))
                .add("replaced then by", kept.note().by() + " (" + kept.note().command() + ")")
                .add("protected", danger.protection(plan.target(), plan.isProtected()))
                .add("now", plan.existing().map(each -> database + ": " + each.describe()))
                .add(
                        "way",
                        "swap the names; what is " + database + " now is kept for "
                                + Spans.text(pgkeep.settings().safety().keepOld()))
                .lines(session.style()));
        for (Finding finding : plan.findings()) {
            if (!finding.blocks()) {
                session.progress().warn(finding.text() + (finding.hint().isEmpty() ? "" : " – " + finding.hint()));
            }
        }
        if (kept.connections() > 0) {
            session.progress()
                    .warn(Sizes.count(kept.connections(), "connection") + " to " + kept.name() + " will be ended");
        }
    }

    private void summary(SwapBackPlan plan, Optional<Swapped> swapped, Duration took) {
        if (session.options().json) {
            session.document(Json.text(SwapBackJson.of(plan, swapped, took)));
            return;
        }
        session.conclude(session.style().good("✓ ")
                + session.style().bold(plan.target().database()) + " is the database again that it was until "
                + TimeArguments.text(plan.kept().note().since()));
        session.say(new Facts()
                .add("no connections", swapped.map(SwapWords::closed))
                .add("time", Spans.text(took))
                .add("the other one", swapped.flatMap(SwapWords::kept))
                .add("database", plan.target().displayUrl())
                .lines(session.style()));
        session.say("Not what you wanted? pgkeep undo swaps them once more.");
    }
}
