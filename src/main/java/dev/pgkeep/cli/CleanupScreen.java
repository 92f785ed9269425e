package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.base.units.Visible;
import dev.pgkeep.cli.render.CleanupPlansJson;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.operation.cleanup.ChangedTable;
import dev.pgkeep.operation.cleanup.CleanupOutcome;
import dev.pgkeep.operation.cleanup.CleanupPreview;
import dev.pgkeep.operation.cleanup.CleanupRule;
import dev.pgkeep.operation.cleanup.DeletedTable;
import dev.pgkeep.postgres.relations.ForeignKey;
import dev.pgkeep.postgres.relations.OnDelete;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells people what cleanup would delete and has deleted. */
final class CleanupScreen {
    private static final int SAMPLE_WIDTH = 28;

    private final Session session;
    private final Pgkeep pgkeep;

    CleanupScreen(Session session, Pgkeep pgkeep) {
        this.session = session;
        this.pgkeep = pgkeep;
    }

    /** The plans that there are. */
    void plans(List<CleanupRule> rules) {
        session.answer(new CleanupPlansJson(rules));
        if (rules.isEmpty()) {
            session.print("No plan is configured. Write one into pgkeep.toml:");
            session.print("");
            session.print("  [cleanup.test-orders]");
            session.print("  table = \"orders\"");
            session.print("  where = \"customer_email LIKE '%@example.com'\"");
            session.print("");
            session.print("or name rows right here: pgkeep cleanup --table orders --where \"…\"");
            return;
        }
        TextTable table = new TextTable("PLAN", "ROWS OF", "WHICH", "WHAT FOR");
        rules.forEach(rule -> table.row(
                rule.name(), rule.table(), rule.shown(), rule.description().orElse("")));
        table.lines(session.style()).forEach(session::print);
        session.say("");
        session.say("To see what one would delete: pgkeep cleanup "
                + ShellWords.word(rules.getFirst().name()));
    }

    void announce(CleanupPreview found, Optional<String> protection, boolean execute) {
        String title = "Cleanup of " + found.target().database();
        session.say(
                execute && !found.isEmpty()
                        ? session.style().bad("DANGER ZONE ") + session.style().bold(title) + ": "
                                + Sizes.count(found.rows(), "row") + " will be deleted"
                        : session.style().bold(title));
        Facts facts = new Facts()
                .add("from", found.target().origin())
                .add("server", Facts.server(found.target(), found.serverVersion()))
                .add("protected", protection);
        for (CleanupRule rule : found.rules()) {
            facts.add(rule.name().isEmpty() ? "rows" : "plan", plan(rule));
        }
        if (execute && !found.isEmpty()) {
            facts.add(
                    "first",
                    "a full backup, and a file with every row, both in "
                            + session.path(pgkeep.settings().repository()));
        }
        session.say(facts.lines(session.style()));
        session.say("");
        if (found.isEmpty()) {
            session.say("There are no such rows: nothing would go.");
            found.warnings().forEach(session.progress()::warn);
            return;
        }
        rows(found);
        samples(found);
        found.warnings().forEach(session.progress()::warn);
        found.obstacles().forEach(each -> session.progress().warn("this cannot be deleted by cleanup: " + each));
    }

    private static String plan(CleanupRule rule) {
        return (rule.name().isEmpty() ? "" : rule.name() + ": ")
                + rule.description().map(text -> text + "; ").orElse("") + rule.table() + " where " + rule.shown();
    }

    /** Lists the rows of each table, in the order of deletion. */
    private void rows(CleanupPreview found) {
        TextTable table = new TextTable("DELETED FROM", ">ROWS", "WHY");
        for (DeletedTable each : found.tables()) {
            List<String> why = new ArrayList<>();
            if (each.meant() > 0) {
                why.add((each.ways().isEmpty() ? "" : Sizes.count(each.meant()) + " ") + "meant");
            }
            boolean several = each.ways().size() + why.size() > 1;
            each.ways().forEach((key, count) -> why.add((several ? Sizes.count(count) + " " : "") + way(found, key)));
            table.row(each.relation().shown(), Sizes.count(each.rows().count()), String.join(", ", why));
        }
        session.say(table.lines(session.style()));
        for (ChangedTable each : found.changed()) {
            String to = each.key().onDelete() == OnDelete.SET_NULL ? "become null" : "get their default";
            session.say("In " + each.relation().shown() + ", "
                    + Sizes.count(each.rows().count(), "row") + " stay, and their "
                    + String.join(", ", each.key().sets()) + " " + to + ".");
        }
    }

    private static String way(CleanupPreview found, ForeignKey key) {
        String parent = found.tables().stream()
                .filter(each -> each.relation().oid() == key.parent())
                .map(each -> each.relation().shown())
                .findFirst()
                .orElse("these");
        String how = key.onDelete() == OnDelete.CASCADE ? " (silently, by on delete cascade)" : "";
        return (key.isToItself() ? "refer to such rows" : "refer to " + parent) + how;
    }

    private void samples(CleanupPreview found) {
        session.say("");
        for (DeletedTable each : found.tables()) {
            session.say(session.style().dim(each.relation().shown() + ", for instance"));
            for (Map<String, String> sample : each.samples()) {
                List<String> values = new ArrayList<>();
                sample.forEach((column, value) -> values.add(column + " " + cut(value)));
                session.say("  " + String.join(", ", values));
            }
        }
        session.say("");
    }

    private static String cut(String value) {
        String line = Visible.line(value.replaceAll("\\s+", " "));
        return line.codePointCount(0, line.length()) > SAMPLE_WIDTH
                ? line.substring(0, line.offsetByCodePoints(0, SAMPLE_WIDTH)) + "…"
                : line;
    }

    void next(CleanupPreview found, String command) {
        if (found.isEmpty()) {
            return;
        }
        session.say("Nothing was deleted. To delete these " + Sizes.count(found.rows(), "row") + ": " + command);
    }

    void summary(CleanupPreview found, CleanupOutcome outcome) {
        session.conclude(session.style().good("✓ ") + session.style().bold(Sizes.count(outcome.deleted(), "row"))
                + " deleted from " + found.target().database());
        session.say(new Facts()
                .add("tables", Integer.toString(found.tables().size()))
                .add(
                        "changed",
                        Optional.of(Sizes.count(found.changedRows(), "row")).filter(text -> found.changedRows() > 0))
                .add(
                        "rows in",
                        session.path(outcome.document()) + ", "
                                + Sizes.text(outcome.written().bytes()) + ", read back and compared")
                .add("checksum", "sha256 " + outcome.written().sha256())
                .add("safety backup", outcome.safetyBackup())
                .add(
                        "time",
                        Spans.text(outcome.deleting())
                                + (outcome.batches() == 1
                                        ? " in one transaction"
                                        : " in " + outcome.batches() + " transactions"))
                .lines(session.style()));
        session.say("Not what you wanted? pgkeep undo puts the rows back.");
    }
}
