package dev.pgkeep.cli;

import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.progress.Phases.Phase;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.DryRunJson;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.RestoreJson;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.RestoreResult;
import dev.pgkeep.operation.restore.delta.DatabaseDelta;
import dev.pgkeep.operation.restore.plan.Finding;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.MissingRows;
import dev.pgkeep.operation.restore.swap.Swapped;
import dev.pgkeep.postgres.dump.NamePattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Restore and undo on the command line: shows the plan, what was compared, and what comes next. */
final class RestoreScreen {
    private static final int TABLES_SHOWN = 12;

    private final Session session;
    private final DestructiveConfirmation danger;
    private final Instant started;

    /** @param started when the work began */
    RestoreScreen(Session session, DestructiveConfirmation danger, Instant started) {
        this.session = session;
        this.danger = danger;
        this.started = started;
    }

    /** @param restore restores, after it has asked */
    ExitStatus run(RestorePlan plan, boolean dryRun, Function<Confirm, RestoreResult> restore) {
        announce(plan);
        Restore.refuseBlocked(plan);
        if (dryRun) {
            if (session.options().json) {
                session.document(Json.text(new DryRunJson(
                        true,
                        plan.source().name(),
                        plan.target().database(),
                        plan.findings().stream().map(Finding::text).toList())));
            }
            session.say("Dry run: nothing was changed.");
            return ExitStatus.DONE;
        }
        RestoreResult result = restore.apply(stake -> {
            session.say(wayBack(plan));
            danger.ask(stake);
        });
        Duration took = Duration.between(started, session.surroundings().clock().instant());
        summary(plan, result.outcome(), took.minus(danger.asked()));
        if (!result.outcome().missing().isEmpty()) {
            return ExitStatus.DAMAGED;
        }
        return result.isGood() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void announce(RestorePlan plan) {
        String database = plan.target().database();
        session.say(session.style().bold("Restore of " + plan.source().name()) + " into " + database);
        Facts facts = new Facts()
                .add("from", plan.target().origin())
                .add("server", Facts.server(plan.target(), plan.server().shortVersion()))
                .add(
                        "backup",
                        plan.source().describe() + ", "
                                + Sizes.count(plan.expectedRows().size(), "table") + ", "
                                + Sizes.count(
                                        plan.expectedRows().values().stream()
                                                .mapToLong(Long::longValue)
                                                .sum(),
                                        "row"))
                .add(
                        "made",
                        plan.source()
                                .manifest()
                                .map(manifest -> TimeArguments.text(manifest.created()) + " ("
                                        + Spans.ago(
                                                manifest.created(),
                                                session.surroundings().clock().instant())
                                        + ")"))
                .add("way", way(plan))
                .add("differs", plan.delta().map(RestoreScreen::differs))
                .add("protected", danger.protection(plan.target(), plan.isProtected()))
                .add(
                        plan.way() == RestoreMode.REPLACE ? "replaced" : "at stake",
                        plan.existing()
                                .filter(each -> plan.isDestructive())
                                .map(each -> database + " as it is now: " + each.describe()));
        session.say(facts.lines(session.style()));
        for (Finding finding : plan.findings()) {
            // What stands in the way is told by the error that this run ends with.
            if (!finding.blocks()) {
                session.progress().warn(finding.text() + (finding.hint().isEmpty() ? "" : " – " + finding.hint()));
            }
        }
    }

    private static String way(RestorePlan plan) {
        return plan.way().text()
                + (plan.way() != RestoreMode.REPLACE
                        ? ""
                        : plan.request()
                                .keepOld()
                                .map(span -> "; the old database is kept for " + Spans.text(span))
                                .orElse("; the old database is dropped then"));
    }

    private static String differs(DatabaseDelta delta) {
        return delta.tables() == 0
                ? "nothing: all " + Sizes.text(delta.staying()) + " of the tables stay"
                : Sizes.text(delta.staying()) + " stay, about " + Sizes.text(delta.replaced()) + " are replaced: "
                        + Sizes.count(delta.going(), "row") + " written since go, "
                        + Sizes.count(delta.coming(), "row") + " of the backup come back, in "
                        + Sizes.count(delta.tables(), "table");
    }

    private String wayBack(RestorePlan plan) {
        return plan.needsSafetyBackup()
                ? "A safety backup is made first; pgkeep undo "
                        + (plan.keepsOld() ? "swaps back, or goes back to it." : "goes back to it.")
                : session.style()
                        .warning(
                                plan.keepsOld()
                                        ? "No safety backup will be made: when the old database goes, the way back"
                                                + " goes with it."
                                        : "No safety backup will be made.");
    }

    private void summary(RestorePlan plan, RestoreOutcome outcome, Duration took) {
        if (session.options().json) {
            session.document(Json.text(
                    RestoreJson.of(plan, outcome, took, provenBy(plan, outcome).map(this::here), phases())));
            return;
        }
        outcome.notes().forEach(session.progress()::note);
        String database = outcome.target().database();
        session.conclude(conclusion(plan, outcome, database));
        session.say(new Facts()
                .add("compared", compared(plan, outcome))
                .add("time", Spans.text(took))
                .add("of that", Optional.of(shares(took)))
                .add("no connections", outcome.swapped().map(SwapWords::closed))
                .add("old database", outcome.swapped().flatMap(SwapWords::kept))
                .add("safety backup", outcome.safetyBackup())
                .add("database", outcome.target().displayUrl())
                .lines(session.style()));
        if (plan.skipsProof()) {
            session.say(provenBy(plan, outcome)
                    .map(command -> "Nothing was compared with the backup (--no-proof). This does it: " + command)
                    .orElse("Nothing was compared with the backup (--no-proof); "
                            + (outcome.missing().isEmpty()
                                    ? "in this format only a restore does it."
                                    : "what is damaged in it cannot be.")));
        } else if (!plan.request().proves()) {
            provenBy(plan, outcome)
                    .ifPresent(command -> session.say(
                            "Rows that go in place are counted, not compared. This compares them: " + command));
        }
        if (outcome.swapped().flatMap(Swapped::kept).isPresent()) {
            session.say(
                    "Not what you wanted? pgkeep undo swaps back. All is well? pgkeep undo --discard drops the old one.");
        } else if (outcome.safetyBackup().isPresent()) {
            session.say("Not what you wanted? pgkeep undo goes back to how it was.");
        }
    }

    /** The command that compares the database with the backup, where it was left out and there is one. */
    private Optional<String> provenBy(RestorePlan plan, RestoreOutcome outcome) {
        RestoreRequest request = plan.request();
        if (request.proves()
                || !(plan.source() instanceof ChunkedSource)
                || !outcome.missing().isEmpty()) {
            return Optional.empty();
        }
        boolean configured =
                !request.elsewhere() && session.pgkeep().testTarget().isEmpty();
        return Optional.of("pgkeep diff " + ShellWords.word(plan.source().name()) + " --no-schema --exit-code"
                + Stream.concat(
                                request.tables().stream().map(NamePattern::toString),
                                request.schemas().stream().map(schema -> schema + ".*"))
                        .map(pattern -> " -t " + ShellWords.word(pattern))
                        .collect(Collectors.joining())
                + (configured
                        ? ""
                        : " --url " + ShellWords.word(outcome.target().displayUrl())));
    }

    /** The same command with what it needs to mean the same in another folder. */
    private String here(String command) {
        return new HintCommands(session.options()).in(command);
    }

    private List<Phase> phases() {
        return session.progress().phases().taken();
    }

    /** The phases that took more than a hundredth of the time; some of them went on beside each other. */
    private String shares(Duration took) {
        return phases().stream()
                .filter(phase -> phase.wall().toMillis() >= Math.max(50, took.toMillis() / 100))
                .map(phase -> phase.name() + " " + Spans.text(phase.wall()))
                .collect(Collectors.joining(", "));
    }

    private String conclusion(RestorePlan plan, RestoreOutcome outcome, String database) {
        if (outcome.missing().isEmpty() && plan.skipsProof()) {
            return session.style().good("✓ ") + session.style().bold(database) + " is restored from "
                    + plan.source().name() + ", and not compared with it";
        }
        if (outcome.missing().isEmpty()) {
            return session.style().good("✓ ") + session.style().bold(database) + " is as it was in "
                    + plan.source().name();
        }
        outcome.missing().forEach(each -> session.progress().warn("missing: " + each.where()));
        long rows = outcome.missing().stream().mapToLong(MissingRows::rows).sum();
        return session.style().bad("✗ ") + session.style().bold(database) + " is as it was in "
                + plan.source().name() + " but for " + Sizes.count(rows, "row") + " that could not be read";
    }

    private static String compared(RestorePlan plan, RestoreOutcome outcome) {
        if (plan.skipsProof()) {
            return "nothing: --no-proof";
        }
        Comparison comparison = outcome.comparison();
        String now = now(comparison);
        if (comparison.tables() == 0) {
            return now.isEmpty()
                    ? "nothing: the backup holds no rows to count"
                    : "nothing: the script does not tell how many rows there should be. " + now;
        }
        return comparison.describe() + ", as the "
                + (plan.source().manifest().isPresent() ? "backup's metadata says" : "dump file says")
                + (now.isEmpty() ? "" : "; not compared: " + now);
    }

    private static String now(Comparison comparison) {
        SortedMap<TableName, Long> tables = comparison.uncompared();
        String some = tables.entrySet().stream()
                .limit(TABLES_SHOWN)
                .map(each -> each.getKey() + " has " + Sizes.count(each.getValue(), "row"))
                .collect(Collectors.joining(", "));
        int more = tables.size() - TABLES_SHOWN;
        return some.isEmpty() ? "" : some + (more > 0 ? " and " + more + " more" : "") + " now";
    }
}
