package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.operation.reset.EmptyDatabasePlan;
import dev.pgkeep.operation.reset.NewestRow;
import dev.pgkeep.operation.reset.ResetOutcome;
import dev.pgkeep.operation.reset.ResetPlan;
import dev.pgkeep.operation.reset.SeedCommand;
import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import dev.pgkeep.postgres.catalog.ConnectionInUse;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.migrations.AppliedMigrations;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows a reset: the danger zone before it asks, and what there is afterwards. */
final class ResetScreen {
    private static final int NAMED = 4;

    private final Session session;
    private final Pgkeep pgkeep;

    ResetScreen(Session session, Pgkeep pgkeep) {
        this.session = session;
        this.pgkeep = pgkeep;
    }

    void announce(ResetPlan plan, Optional<String> protection) {
        EmptyDatabasePlan emptying = plan.emptying();
        String title = "Reset of " + plan.database();
        session.say(
                emptying.isDestructive()
                        ? session.style().bad("DANGER ZONE ") + session.style().bold(title)
                                + ": everything in it will be lost"
                        : session.style().bold(title) + ": there is nothing to lose");
        Facts facts = new Facts()
                .add("from", emptying.target().origin())
                .add("server", Facts.server(emptying.target(), emptying.server().shortVersion()))
                .add("protected", protection);
        emptying.existing().filter(each -> emptying.isDestructive()).ifPresent(each -> lost(facts, each, plan));
        facts.add(
                        "first",
                        Optional.of("a safety backup into " + place() + "; without it no reset")
                                .filter(text -> emptying.isDestructive()))
                .add("then", emptying.way().text());
        plan.doubt()
                .ifPresent(doubt -> session.progress()
                        .warn(doubt
                                + " – so the database itself is kept for a while, and pgkeep undo goes back to it"));
        steps(facts, plan.steps());
        session.say(facts.lines(session.style()));
    }

    private String place() {
        return session.path(pgkeep.settings().repository());
    }

    private void lost(Facts facts, ExistingDatabase existing, ResetPlan plan) {
        Instant now = session.surroundings().clock().instant();
        facts.add("is lost", existing.content())
                .add("largest", Optional.of(largest(existing)))
                .add("newest row", plan.newest().map(row -> newest(row, now)))
                .add("connected", connected(existing.connections()));
    }

    private static String newest(NewestRow row, Instant now) {
        return (row.at().isAfter(now) ? "just now" : Spans.ago(row.at(), now)) + " ("
                + name(row.table().toString()) + "." + row.column() + ")";
    }

    private static String largest(ExistingDatabase existing) {
        return existing.tables().stream()
                .filter(TableInfo::hasDumpedRows)
                .filter(table -> table.estimatedRows() > 0)
                .sorted(Comparator.comparing(TableInfo::estimatedRows).reversed())
                .limit(NAMED)
                .map(table -> name(table.name().toString()) + " " + Sizes.count(table.estimatedRows()))
                .collect(Collectors.joining(", "));
    }

    private static String connected(List<ConnectionInUse> connections) {
        if (connections.isEmpty()) {
            return "nobody else";
        }
        String who = connections.stream()
                .collect(Collectors.groupingBy(ResetScreen::who, java.util.TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .limit(NAMED)
                .map(each -> each.getKey() + (each.getValue() > 1 ? " ×" + each.getValue() : ""))
                .collect(Collectors.joining(", "));
        return Sizes.count(connections.size(), "connection") + ", which will be ended: " + who;
    }

    private static String who(ConnectionInUse each) {
        return Stream.of(each.application(), each.user().orElse(""))
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .orElse("somebody")
                + " from " + each.client();
    }

    private static void steps(Facts facts, List<SeedCommand> steps) {
        steps.forEach(step -> facts.add(step.name(), step.command()));
        if (steps.stream().noneMatch(step -> step.name().equals("migrate"))) {
            facts.add("migrate", "nothing: it will have no tables (commands.migrate is not configured)");
        }
        if (steps.stream().noneMatch(step -> step.name().equals("seed"))) {
            facts.add("seed", "nothing (commands.seed is not configured)");
        }
    }

    void summary(ResetPlan plan, ResetOutcome outcome, Duration took) {
        outcome.notes().forEach(session.progress()::note);
        boolean empty = outcome.rows().isEmpty();
        session.conclude(session.style().good("✓ ") + session.style().bold(plan.database()) + " is reset: "
                + (empty
                        ? "empty"
                        : Sizes.count(outcome.rows().size(), "table") + ", "
                                + Sizes.count(outcome.totalRows(), "row")));
        session.say(new Facts()
                .add("rows", Optional.of(rows(outcome)))
                .add("migrations", Optional.of(migrations(outcome.migrations())))
                .add("time", time(outcome, took))
                .add("safety backup", outcome.safetyBackup())
                .add("database", outcome.target().displayUrl())
                .lines(session.style()));
        if (empty && plan.steps().isEmpty()) {
            session.say(
                    "To have it filled: give --migrate and --seed, or configure them (pgkeep init finds those of the project).");
        }
        if (outcome.safetyBackup().isPresent()) {
            session.say("Not what you wanted? pgkeep undo goes back to how it was.");
        }
    }

    private static String rows(ResetOutcome outcome) {
        List<Map.Entry<dev.pgkeep.format.manifest.TableName, Long>> filled = outcome.rows().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.<dev.pgkeep.format.manifest.TableName, Long>comparingByValue()
                        .reversed())
                .toList();
        String named = filled.stream()
                .limit(NAMED * 2L)
                .map(each -> name(each.getKey().toString()) + " " + Sizes.count(each.getValue()))
                .collect(Collectors.joining(", "));
        int more = filled.size() - NAMED * 2;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private static String migrations(List<AppliedMigrations> migrations) {
        return migrations.stream()
                .map(each -> each.tool()
                        + (each.isCounted() ? ", " + each.applied() + " applied" : "")
                        + each.head().map(head -> ", the newest " + head).orElse(""))
                .collect(Collectors.joining("; "));
    }

    private static String time(ResetOutcome outcome, Duration took) {
        String steps = outcome.took().entrySet().stream()
                .map(each -> each.getKey() + " " + Spans.text(each.getValue()))
                .collect(Collectors.joining(", "));
        return Spans.text(took) + (steps.isEmpty() ? "" : " (" + steps + ")");
    }

    private static String name(String table) {
        return table.startsWith("public.") ? table.substring("public.".length()) : table;
    }
}
