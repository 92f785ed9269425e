package dev.pgkeep.cli;

import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.GuardJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.RowChanges;
import dev.pgkeep.cli.render.SchemaChanges;
import dev.pgkeep.cli.render.Style;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.appcommand.CommandResult;
import dev.pgkeep.operation.guard.DatabaseState;
import dev.pgkeep.operation.guard.GuardOutcome;
import dev.pgkeep.operation.guard.GuardPlan;
import dev.pgkeep.operation.guard.GuardRequest;
import dev.pgkeep.operation.guard.PendingMigrations;
import dev.pgkeep.postgres.migrations.AppliedMigrations;
import dev.pgkeep.postgres.schema.ObjectKind;
import dev.pgkeep.postgres.schema.SchemaDifference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints what migrate and guard are about to do and have done. */
final class GuardReport {
    private static final int NAMES_SHOWN = 5;

    private final Session session;
    private final Style style;

    GuardReport(Session session) {
        this.session = session;
        this.style = session.style();
    }

    void announce(GuardPlan plan) {
        GuardRequest request = plan.request();
        String database = plan.target().database();
        session.say(style.bold(request.isMigration() ? "Migration of " + database : "Guarded run on " + database));
        Facts facts = new Facts()
                .add("command", request.command().text())
                .add("from", plan.target().origin())
                .add("server", Facts.server(plan.target(), plan.server().shortVersion()))
                .add("database", size(plan))
                .add("applied", applied(plan.before().migrations()))
                .add("pending", plan.pending().map(GuardReport::pending))
                .add("check", request.check().map(check -> check.text()))
                .add(
                        "on failure",
                        request.rollback()
                                ? "goes back by itself, and proves it"
                                : "stays as it is; " + request.undo() + " goes back");
        session.say(facts.lines(style));
    }

    ExitStatus dryRun(GuardPlan plan) {
        if (session.options().json) {
            session.document(Json.text(GuardJson.ofPlan(plan)));
        }
        session.say("Dry run: nothing was backed up, and nothing was run.");
        return ExitStatus.DONE;
    }

    ExitStatus idle(GuardPlan plan) {
        if (session.options().json) {
            session.document(Json.text(GuardJson.idle(plan)));
            return ExitStatus.DONE;
        }
        PendingMigrations pending = plan.pending().orElseThrow();
        session.conclude(style.good("✓ ") + "nothing is pending in "
                + style.bold(plan.target().database()) + ": all " + pending.applied() + " migrations of "
                + pending.tool() + " are applied"
                + pending.head().map(head -> ", the newest is " + head).orElse(""));
        session.say("No backup was made, and " + plan.request().command().text() + " was not run. --always does both.");
        return ExitStatus.DONE;
    }

    ExitStatus done(GuardOutcome.Done done) {
        if (session.options().json) {
            session.document(Json.text(GuardJson.of(done)));
        } else {
            session.conclude(style.good("✓ ") + headline(done.ran()));
        }
        details(done);
        if (changedNothing(done.ran())) {
            session.progress()
                    .note("nothing changed in " + done.plan().target().database()
                            + "; if something should have, look whether the command reads DATABASE_URL");
        }
        session.say("");
        session.say("Not what you wanted? " + done.plan().request().undo() + " goes back to how it was.");
        return ExitStatus.DONE;
    }

    ExitStatus failed(GuardOutcome.Failed failed) {
        if (session.options().json) {
            session.document(Json.text(GuardJson.of(failed)));
        } else {
            session.say(style.bad("✗ ") + "it failed; what it left in "
                    + style.bold(failed.plan().target().database())
                    + failed.rollback().map(back -> " before going back").orElse("") + ":");
        }
        details(failed);
        new ErrorOutput(session.console(), people()).print(failed.failure());
        return failed.failure().code().exitStatus();
    }

    private void details(GuardOutcome.Ended outcome) {
        GuardOutcome.Ran ran = outcome.ran();
        Optional<SchemaDifference> schema = ran.schemaChanges();
        Map<?, long[]> rows = rows(ran);
        Facts facts = new Facts()
                .add("migrations", migrations(ran))
                .add("schema", schema.map(SchemaDifference::describe))
                .add(
                        "database",
                        Optional.of(String.join("; ", ran.databaseChanges())).filter(text -> !text.isEmpty()))
                .add("rows", rows.isEmpty() ? Optional.<String>empty() : Optional.of(changedRows(rows.size())))
                .add("command", ran(ran.command()))
                .add("check", ran.check().map(GuardReport::ran));
        switch (outcome) {
            case GuardOutcome.Failed failed ->
                facts.add("went back", failed.rollback().map(GuardReport::wentBack))
                        .add("safety backup", ran.safetyBackup().name());
            case GuardOutcome.Done done ->
                facts.add("safety backup", ran.safetyBackup().name())
                        .add("post-backup", done.postBackup().map(Manifest::name));
        }
        session.say(facts.lines(style));
        schema.filter(it -> !it.isEmpty()).ifPresent(it -> {
            session.say("");
            session.say(SchemaChanges.table(it, style, session.console()));
        });
        if (!rows.isEmpty()) {
            session.say("");
            session.say(RowChanges.table(rows, style));
        }
    }

    private static Map<?, long[]> rows(GuardOutcome.Ran ran) {
        return ran.after()
                .<Map<?, long[]>>map(look -> look.rowsChangedSince(ran.plan().before()))
                .orElse(Map.of());
    }

    private static boolean changedNothing(GuardOutcome.Ran ran) {
        return ran.schemaChanges().filter(SchemaDifference::isEmpty).isPresent()
                && rows(ran).isEmpty()
                && ran.databaseChanges().isEmpty();
    }

    private String headline(GuardOutcome.Ran ran) {
        String database = style.bold(ran.plan().target().database());
        if (ran.plan().request().isMigration()) {
            return database + " is migrated"
                    + migrations(ran).map(text -> ": " + text).orElse("");
        }
        return "the command went well on " + database;
    }

    private static String changedRows(int tables) {
        return "more or fewer in " + Sizes.count(tables, "table");
    }

    private static String ran(CommandResult result) {
        return result.isGood()
                ? "ended well, " + Spans.text(result.took())
                : result.describe() + ", " + Spans.text(result.took());
    }

    private static String wentBack(GuardOutcome.RolledBack rollback) {
        if (rollback.failure().isPresent()) {
            return "no: " + rollback.failure().get().getMessage();
        }
        return rollback.isProven()
                ? "yes, proven: " + Sizes.count(rollback.tables(), "table") + ", " + Sizes.count(rollback.rows(), "row")
                        + " with their content, and the schema are as before"
                : "yes, but " + Sizes.count(rollback.differences().size(), "difference") + " to before";
    }

    /** {@code flyway 3 → 5, newest 5}. */
    private static Optional<String> migrations(GuardOutcome.Ran ran) {
        List<AppliedMigrations> before = ran.plan().before().migrations();
        List<AppliedMigrations> after =
                ran.after().map(DatabaseState::migrations).orElse(List.of());
        String text = after.stream()
                .filter(now -> !before.contains(now))
                .map(now -> before.stream()
                        .filter(was ->
                                was.tool().equals(now.tool()) && was.schema().equals(now.schema()))
                        .findFirst()
                        .map(was -> step(was, now))
                        .orElseGet(() -> applied(List.of(now)).orElse("")))
                .collect(Collectors.joining("; "));
        return Optional.of(text).filter(it -> !it.isEmpty());
    }

    private static String step(AppliedMigrations was, AppliedMigrations now) {
        int more = now.applied() - was.applied();
        return (now.isCounted() && more > 0 ? Sizes.count(more, "migration") + " of " : "")
                + now.tool()
                + (now.isCounted() && more > 0 ? " applied" : " changed")
                + now.head().map(head -> ", newest " + head).orElse("")
                + now.note().map(note -> " (" + note + ")").orElse("");
    }

    private static Optional<String> applied(List<AppliedMigrations> histories) {
        return Optional.of(histories.stream()
                        .map(each -> each.tool()
                                + (each.isCounted() ? " " + each.applied() : "")
                                + each.head().map(head -> ", newest " + head).orElse("")
                                + each.note().map(note -> " (" + note + ")").orElse(""))
                        .collect(Collectors.joining("; ")))
                .filter(text -> !text.isEmpty());
    }

    private static String pending(PendingMigrations pending) {
        List<String> names = pending.names();
        if (names.isEmpty()) {
            return "nothing";
        }
        int shown = Math.min(NAMES_SHOWN, names.size());
        return names.size() + " of " + pending.tool() + ": " + String.join(", ", names.subList(0, shown))
                + (shown < names.size() ? " and " + (names.size() - shown) + " more" : "");
    }

    private static String size(GuardPlan plan) {
        return Sizes.text(plan.bytes()) + ", "
                + Sizes.count(plan.before().schema().ofKind(ObjectKind.TABLE).size(), "table")
                + (plan.connections().isEmpty()
                        ? ""
                        : ", " + Sizes.count(plan.connections().size(), "connection"));
    }

    /** The options for printing to people alone: the document of {@code --json} tells of the failure itself. */
    private GlobalOptions people() {
        GlobalOptions options = new GlobalOptions();
        options.verbose = session.options().verbose;
        options.url = session.options().url;
        options.profile = session.options().profile;
        options.repository = session.options().repository;
        options.useDirectUrl = session.options().useDirectUrl;
        return options;
    }
}
