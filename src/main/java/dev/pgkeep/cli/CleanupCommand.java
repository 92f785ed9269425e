package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.base.units.Words;
import dev.pgkeep.cli.render.CleanupJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.operation.appcommand.ReentrancyCheck;
import dev.pgkeep.operation.cleanup.Cleanup;
import dev.pgkeep.operation.cleanup.CleanupOptions;
import dev.pgkeep.operation.cleanup.CleanupOutcome;
import dev.pgkeep.operation.cleanup.CleanupPreview;
import dev.pgkeep.operation.cleanup.CleanupRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep cleanup PLAN…}. */
@Command(
        description = "Deletes rows that match a condition, and everything that refers to them, so that it can be taken"
                + " back. Shows what would go and does nothing more, unless --execute is given: then a full backup is"
                + " made, every row is written into a file of JSON that is read back, and what was shown is deleted in"
                + " one transaction. Plans stand in pgkeep.toml as [cleanup.NAME].",
        footer = {
            "",
            "Examples:",
            "  pgkeep cleanup                                   lists the plans",
            "  pgkeep cleanup test-orders                       shows what would go",
            "  pgkeep cleanup test-orders --execute             asks, backs up, deletes",
            "  pgkeep cleanup --table orders --where \"customer_email LIKE '%%@example.com'\"",
            "  pgkeep cleanup --all --execute --yes --batch 5000 --pause 500ms",
            "  pgkeep undo                                      puts the rows back"
        })
final class CleanupCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(arity = "0..*", paramLabel = "PLAN", description = "Plans of the configuration; several go together")
    List<String> plans = new ArrayList<>();

    @Option(names = "--all", description = "Every plan of the configuration")
    boolean all;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Own rows of this table (not of tables that inherit from it), without a plan")
    @Nullable
    String table;

    @Option(names = "--where", paramLabel = "CONDITION", description = "Which ones: SQL as it stands after WHERE")
    @Nullable
    String where;

    @Option(names = "--execute", description = "Delete them, after a backup and a question")
    boolean execute;

    @Option(
            names = {"--preview", "--dry-run"},
            description = "Only show what would go; so it is without --execute")
    boolean preview;

    @Option(
            names = "--triggers",
            paramLabel = "run|off",
            description = "Whether the triggers of the tables run (they do, unless told otherwise)")
    TriggerChoice triggers = TriggerChoice.run;

    @Option(
            names = "--batch",
            paramLabel = "ROWS",
            description = "Delete so many rows in a transaction instead of all in one, so that nobody waits for long")
    @Nullable
    Integer batch;

    @Option(names = "--pause", paramLabel = "TIME", description = "Rest between batches, for instance 500ms")
    @Nullable
    String pause;

    @Mixin
    final AllowProtected allowProtected = new AllowProtected();

    /** Whether triggers run. */
    enum TriggerChoice {
        run,
        off
    }

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        CleanupOptions options = options();
        Pgkeep pgkeep = session.pgkeep();
        CleanupScreen screen = new CleanupScreen(session, pgkeep);
        if (!all && plans.isEmpty() && table == null) {
            screen.plans(pgkeep.settings().cleanups());
            return ExitStatus.DONE;
        }
        List<CleanupRule> rules = rules(pgkeep.settings().cleanups());
        Cleanup cleanup = pgkeep.cleanup();
        CleanupPreview found = cleanup.look(pgkeep.target(), rules);
        ReentrancyCheck.refuse(session.surroundings().environment(), found.target());
        DestructiveConfirmation danger = new DestructiveConfirmation(session, pgkeep, allowProtected.given);
        screen.announce(found, danger.protection(found.target(), found.marked()), execute && !preview);
        if (execute && !preview) {
            Cleanup.refuseBlocked(found);
        }
        if (!execute || preview || found.isEmpty()) {
            return shown(session, screen, found);
        }
        CleanupOutcome outcome = cleanup.run(found, options, danger);
        if (global.json) {
            session.document(Json.text(CleanupJson.done(found, outcome)));
        } else {
            screen.summary(found, outcome);
        }
        return ExitStatus.DONE;
    }

    private ExitStatus shown(Session session, CleanupScreen screen, CleanupPreview found) {
        if (global.json) {
            session.document(Json.text(CleanupJson.planned(found)));
        }
        screen.next(found, commandLine());
        return ExitStatus.DONE;
    }

    private String commandLine() {
        if (table != null) {
            return "pgkeep cleanup --table " + ShellWords.word(table) + " --where "
                    + ShellWords.word(String.valueOf(where)) + " --execute";
        }
        return "pgkeep cleanup " + (all ? "--all" : ShellWords.words(plans)) + " --execute";
    }

    private CleanupOptions options() {
        if ((table == null) != (where == null)) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    "--table and --where belong together",
                    "to mean every row of a table: --where true");
        }
        if (table != null && (all || !plans.isEmpty())) {
            throw new PgkeepException(ErrorCode.USAGE, "both a plan and a table are named", "name one of them");
        }
        if (batch != null && batch < 1 || pause != null && batch == null) {
            throw new PgkeepException(
                    ErrorCode.USAGE, "--batch is a number of rows, and --pause is between batches", "--batch 5000");
        }
        Duration rest = Optional.ofNullable(pause)
                .map(text -> Spans.parse(text)
                        .orElseThrow(() -> new PgkeepException(
                                ErrorCode.USAGE, "--pause is no span of time: " + text, "for instance 500ms or 2s")))
                .orElse(Duration.ZERO);
        return new CleanupOptions(
                triggers == TriggerChoice.run, batch == null ? OptionalInt.empty() : OptionalInt.of(batch), rest);
    }

    private List<CleanupRule> rules(List<CleanupRule> known) {
        if (table != null && where != null) {
            return List.of(
                    new CleanupRule("", Optional.empty(), table, Optional.of(where), Optional.empty(), "--where"));
        }
        if (all) {
            if (known.isEmpty()) {
                throw new PgkeepException(
                        ErrorCode.CONFIG_INVALID,
                        "no plan is configured",
                        "write [cleanup.NAME] with table and where into pgkeep.toml (pgkeep init shows how)");
            }
            return known;
        }
        return plans.stream().distinct().map(name -> rule(known, name)).toList();
    }

    private static CleanupRule rule(List<CleanupRule> known, String name) {
        List<String> names = known.stream().map(CleanupRule::name).toList();
        return known.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.CONFIG_INVALID,
                        "there is no plan " + name,
                        names.isEmpty()
                                ? "write [cleanup." + name + "] with table and where into pgkeep.toml"
                                : Words.nearest(name, names)
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse("there are " + String.join(", ", names))));
    }
}
