package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.app.config.Entrusted;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.RefreshJson;
import dev.pgkeep.operation.refresh.RefreshDatabase;
import dev.pgkeep.operation.refresh.RefreshPlan;
import dev.pgkeep.operation.refresh.RefreshResult;
import dev.pgkeep.operation.refresh.RefreshSource;
import dev.pgkeep.operation.refresh.masking.MaskPlan;
import dev.pgkeep.operation.refresh.masking.MaskedTable;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.plan.Finding;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.postgres.connect.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A refresh on the command line: shows the plan, what is there now, and what comes next. */
final class RefreshScreen {
    private static final int TABLES_SHOWN = 12;

    private final Session session;
    private final Pgkeep pgkeep;

    RefreshScreen(Session session, Pgkeep pgkeep) {
        this.session = session;
        this.pgkeep = pgkeep;
    }

    ExitStatus run(RefreshDatabase refresh, RefreshSource source, Target target, boolean migrate, boolean dryRun) {
        Instant started = session.surroundings().clock().instant();
        source.warnings().forEach(session.progress()::warn);
        RefreshPlan plan = refresh.plan(source, target);
        announce(plan, migrate);
        Restore.refuseBlocked(plan.restore());
        if (dryRun) {
            if (session.options().json) {
                session.document(Json.text(RefreshJson.planned(plan)));
            }
            session.say("Dry run: nothing was changed.");
            return ExitStatus.DONE;
        }
        DestructiveConfirmation danger = new DestructiveConfirmation(session, pgkeep, false);
        RefreshResult result = refresh.run(plan, stake -> {
            if (!session.options().yes) {
                session.say("A safety backup is made first; pgkeep undo goes back to it.");
            }
            danger.ask(stake);
        });
        Duration took = Duration.between(started, session.surroundings().clock().instant())
                .minus(danger.asked());
        summary(plan, result.outcome(), result.migrated(), took);
        return result.isGood() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void announce(RefreshPlan refresh, boolean migrate) {
        RestorePlan plan = refresh.restore();
        String database = plan.target().database();
        session.say(session.style().bold("Refresh of " + database) + " from "
                + refresh.source().place());
        Facts facts = new Facts()
                .add(
                        "to",
                        Facts.server(plan.target(), plan.server().shortVersion()) + " ("
                                + plan.target().origin() + ")")
                .add("backup", backup(refresh))
                .add(
                        "holds",
                        plan.source().describe() + ", "
                                + Sizes.count(plan.expectedRows().size(), "table") + ", "
                                + Sizes.count(rows(plan), "row"))
                .add("way", plan.way().text())
                .add("owners", "everything will belong to " + plan.server().role())
                .add("then", next(migrate))
                .add(
                        "at stake",
                        plan.existing()
                                .filter(each -> plan.isDestructive())
                                .map(each -> database + " as it is now: " + each.describe()));
        addMasking(facts, refresh);
        session.say(facts.lines(session.style()));
        refresh.masks().ifPresent(masks -> masks.notes().forEach(session.progress()::warn));
        plan.findings().stream()
                .filter(finding -> !finding.blocks())
                .map(Finding::text)
                .forEach(session.progress()::warn);
    }

    private String backup(RefreshPlan plan) {
        String state =
                plan.source().backup().backup().map(each -> ", " + each.state()).orElse("");
        return plan.source().backup().name()
                + plan.source()
                        .backup()
                        .manifest()
                        .map(manifest -> ", made " + TimeArguments.text(manifest.created()) + " ("
                                + Spans.ago(
                                        manifest.created(),
                                        session.surroundings().clock().instant())
                                + ")")
                        .orElse("")
                + state;
    }

    /** A line for each table, so that everybody sees what will be hidden, and what will not. */
    private void addMasking(Facts facts, RefreshPlan plan) {
        if (plan.masks().isEmpty()) {
            facts.add("masking", "none: every value comes over as it is");
            return;
        }
        MaskPlan masks = plan.masks().get();
        boolean lasting = pgkeep.settings().refresh().maskSecret().isPresent();
        facts.add(
                "masking",
                Sizes.count(masks.columns(), "column")
                        + (lasting ? "" : "; hashes are good for this copy (PGKEEP_MASK_SECRET makes them last)"));
        masks.tables().stream().limit(TABLES_SHOWN).forEach(table -> facts.add("", columns(table)));
        if (masks.tables().size() > TABLES_SHOWN) {
            facts.add("", "and " + Sizes.count(masks.tables().size() - TABLES_SHOWN, "more table"));
        }
    }

    private static String columns(MaskedTable table) {
        return table.name() + ": "
                + table.columns().entrySet().stream()
                        .map(each ->
                                each.getKey().name() + " " + each.getValue().word())
                        .collect(Collectors.joining(", "));
    }

    private Optional<String> next(boolean migrate) {
        var commands = pgkeep.settings().commands();
        return Optional.of(java.util.stream.Stream.of(
                                migrate ? commands.migrate() : Optional.<Entrusted<String>>empty(),
                                commands.afterRestore())
                        .flatMap(Optional::stream)
                        .map(Entrusted::shown)
                        .collect(Collectors.joining(", then ")))
                .filter(text -> !text.isEmpty());
    }

    private void summary(RefreshPlan plan, RestoreOutcome outcome, int migrated, Duration took) {
        if (session.options().json) {
            session.document(Json.text(RefreshJson.done(plan, outcome, migrated, took)));
            return;
        }
        outcome.notes().forEach(session.progress()::note);
        String database = outcome.target().database();
        session.conclude(session.style().good("✓ ") + session.style().bold(database) + " holds what was in "
                + plan.source().backup().name()
                + plan.masks()
                        .filter(masks -> masks.columns() > 0)
                        .map(masks -> ", masked")
                        .orElse(""));
        session.say(tables(plan.restore()));
        session.say(new Facts()
                .add(
                        "compared",
                        outcome.comparison().describe() + (plan.masks().isPresent() ? ", before they were masked" : ""))
                .add("time", Spans.text(took))
                .add("safety backup", outcome.safetyBackup())
                .add("database", outcome.target().displayUrl())
                .lines(session.style()));
        session.say("Next: restart the application, which lost its connections."
                + (outcome.safetyBackup().isPresent() ? " Not what you wanted? pgkeep undo goes back." : ""));
    }

    /** The largest tables and their rows. */
    private List<String> tables(RestorePlan plan) {
        var largest = plan.expectedRows().entrySet().stream()
                .sorted(Map.Entry.<dev.pgkeep.format.manifest.TableName, Long>comparingByValue(
                                Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        Facts facts = new Facts();
        largest.stream()
                .limit(TABLES_SHOWN)
                .forEach(each -> facts.add(each.getKey().toString(), Sizes.count(each.getValue(), "row")));
        int more = largest.size() - TABLES_SHOWN;
        if (more > 0) {
            facts.add("…", "and " + Sizes.count(more, "more table"));
        }
        return facts.lines(session.style());
    }

    private static long rows(RestorePlan plan) {
        return plan.expectedRows().values().stream().mapToLong(Long::longValue).sum();
    }
}
