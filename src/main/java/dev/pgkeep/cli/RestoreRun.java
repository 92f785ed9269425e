package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.DryRunJson;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.RestoreJson;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.Smoke;
import dev.pgkeep.operation.restore.plan.Finding;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.source.MissingRows;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.connect.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Restore and undo on the command line: show the plan, ask, run, say what was compared and what comes next. */
final class RestoreRun {
    private static final int TABLES_SHOWN = 12;

    private final Session session;
    private final Pgkeep pgkeep;
    private final String command;
    private final DestructiveConfirmation danger;
    private boolean migrate;

    RestoreRun(Session session, Pgkeep pgkeep, String command, boolean allowProtected) {
        this.session = session;
        this.pgkeep = pgkeep;
        this.command = command;
        this.danger = new DestructiveConfirmation(session, pgkeep, allowProtected);
    }

    /** Whether the configured migrate command runs on what was loaded, before it gets its name. */
    RestoreRun migrating(boolean wanted) {
        migrate = wanted;
        return this;
    }

    ExitStatus run(RestoreSource source, RestoreRequest request, boolean dryRun) {
        Instant started = session.surroundings().clock().instant();
        if (migrate) {
            MigrateStep.require(pgkeep);
        }
        Restore restore = pgkeep.restore();
        RestorePlan plan = plan(restore, source, request);
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
        AfterRestore.allow(pgkeep);
        if (plan.way() == RestoreMode.SWAP) {
            pgkeep.settings().smoke().allowed();
        }
        Instant asked = session.surroundings().clock().instant();
        confirm(plan);
        Instant answered = session.surroundings().clock().instant();
        KeptCare.letGo(session, pgkeep, plan.target());
        RestoreOutcome outcome = restore.run(plan, command, database -> prepare(plan, database));
        int status = new AfterRestore(session, pgkeep).run(outcome.target());
        Duration took = Duration.between(started, session.surroundings().clock().instant());
        summary(plan, outcome, took.minus(Duration.between(asked, answered)));
        if (!outcome.missing().isEmpty()) {
            return ExitStatus.DAMAGED;
        }
        return status == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void prepare(RestorePlan plan, Target database) {
        if (migrate) {
            new MigrateStep(session, pgkeep).run(database);
        }
        if (plan.way() == RestoreMode.SWAP) {
            new Smoke(pgkeep.connector(), session.progress())
                    .ask(database, pgkeep.settings().smoke().allowed());
        }
    }

    /** A backup that turns out to be damaged is remembered as such, and the newest good one is named. */
    private RestorePlan plan(Restore restore, RestoreSource source, RestoreRequest request) {
        try {
            return restore.plan(source, request);
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.BACKUP_DAMAGED || source.backup().isEmpty()) {
                throw e;
            }
            throw new RestoreChoice(session, pgkeep).damaged(source.backup().get(), e);
        }
    }

    private void announce(RestorePlan plan) {
        String database = plan.target().database();
        session.say(session.style().bold("Restore of " + plan.source().name()) + " into " + database);
        Facts facts = new Facts()
                .add("from", plan.target().origin())
                .add(
                        "server",
                        plan.target().describeServer() + ", PostgreSQL "
                                + plan.server().shortVersion() + ", as "
                                + plan.target().user())
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
                .add("protected", danger.protection(plan.target(), plan.isProtected()))
                .add(
                        plan.way() == RestoreMode.SWAP ? "replaced" : "at stake",
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
                + plan.request()
                        .keepOld()
                        .filter(span -> plan.way() == RestoreMode.SWAP)
                        .map(span -> "; the old database is kept for " + Spans.text(span))
                        .orElse("");
    }

    private void confirm(RestorePlan plan) {
        if (!plan.isDestructive()) {
            return;
        }
        session.say(
                plan.needsSafetyBackup()
                        ? "A safety backup is made first; pgkeep undo "
                                + (plan.way() == RestoreMode.SWAP
                                        ? "swaps back, or goes back to it."
                                        : "goes back to it.")
                        : session.style()
                                .warning(
                                        plan.way() == RestoreMode.SWAP
                                                ? "No safety backup will be made: when the old database goes, the way back"
                                                        + " goes with it."
                                                : "No safety backup will be made."));
        String database = plan.target().database();
        String what = command.equals("undo")
                ? "take " + database + " back"
                : switch (plan.way()) {
                    case REPLACE, SWAP -> "replace " + database;
                    case CREATE, CLEAN, FILL, ADD, ROWS -> "restore into " + database;
                };
        danger.confirm(plan.target(), plan.isProtected(), what);
    }

    private void summary(RestorePlan plan, RestoreOutcome outcome, Duration took) {
        if (session.options().json) {
            session.document(Json.text(RestoreJson.of(plan, outcome, took)));
            return;
        }
        outcome.notes().forEach(session.progress()::note);
        String database = outcome.target().database();
        session.conclude(conclusion(plan, outcome, database));
        session.say(new Facts()
                .add("compared", compared(plan, outcome))
                .add("time", Spans.text(took))
                .add("no connections", outcome.swapped().map(SwapWords::closed))
                .add("old database", outcome.swapped().map(SwapWords::kept))
                .add("safety backup", outcome.safetyBackup())
                .add("database", outcome.target().displayUrl())
                .lines(session.style()));
        if (outcome.swapped().isPresent()) {
            session.say(
                    "Not what you wanted? pgkeep undo swaps back. All is well? pgkeep undo --discard drops the old one.");
        } else if (outcome.safetyBackup().isPresent()) {
            session.say("Not what you wanted? pgkeep undo goes back to how it was.");
        }
    }

    private String conclusion(RestorePlan plan, RestoreOutcome outcome, String database) {
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
