package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.PruneJson;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.operation.retention.Decision;
import dev.pgkeep.operation.retention.KeepRules;
import dev.pgkeep.operation.retention.Prune;
import dev.pgkeep.operation.retention.RetentionPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep prune}. */
@Command(
        description = "Removes old backups of the database by rules. The newest checked, the newest proven and pinned"
                + " backups always stay. Without rules here, those of the configuration apply.",
        footer = {
            "",
            "Examples:",
            "  pgkeep prune --older-than 30d --dry-run         what would go, and why",
            "  pgkeep prune --keep-last 10 --kind auto",
            "  pgkeep prune --older-than 90d --keep-last 12    stays if either rule says so"
        })
final class PruneCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(names = "--older-than", paramLabel = "SPAN", description = "Remove what is older, for instance 30d")
    @Nullable
    String olderThan;

    @Option(names = "--keep-last", paramLabel = "N", description = "Keep the newest N")
    @Nullable
    Integer keepLast;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only backups of this kind")
    @Nullable
    String kind;

    @Option(names = "--dry-run", description = "Show the plan with its reasons, and remove nothing")
    boolean dryRun;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        String database = pgkeep.databaseName()
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.CONNECTION_UNKNOWN,
                        "whose backups are meant? No database is configured",
                        "set DATABASE_URL, or give --url; pgkeep delete removes single backups"));
        Prune prune = pgkeep.prune();
        RetentionPlan plan = prune.plan(database, rules(pgkeep));
        if (dryRun || !global.json) {
            show(session, plan);
        }
        List<String> removed = List.of();
        if (!dryRun && !plan.removed().isEmpty()) {
            confirm(session, plan);
            Prune.Outcome outcome = prune.run(plan);
            removed = outcome.removed().stream().map(backup -> backup.name()).toList();
            session.say("Removed " + Sizes.count(removed.size(), "backup") + ", " + Sizes.text(outcome.freedBytes())
                    + " freed.");
        } else {
            takeBack(session, prune);
        }
        if (!dryRun) {
            pgkeep.keptDatabases().expireIfAny(pgkeep::targetIfConfigured);
        }
        session.answer(PruneJson.of(plan, removed, dryRun));
        return ExitStatus.DONE;
    }

    /**
     * Takes back leftovers of interrupted runs and of deleted backups, which may be there although no backup is to go.
     */
    private void takeBack(Session session, Prune prune) {
        long bytes = prune.takeBack(dryRun);
        if (bytes > 0) {
            session.say((dryRun ? "To be freed of what no backup needs: " : "Freed of what no backup needs: ")
                    + Sizes.text(bytes) + ".");
        }
    }

    private static void show(Session session, RetentionPlan plan) {
        Instant now = session.surroundings().clock().instant();
        TextTable table = new TextTable("", "BACKUP", ">AGE", ">SIZE", "REASON");
        for (Decision decision : plan.decisions()) {
            table.row(
                    decision.keep() ? "keep" : session.style().warning("remove"),
                    decision.backup().name(),
                    Spans.age(decision.backup().created(), now),
                    Sizes.text(decision.backup().bytes()),
                    decision.reason());
        }
        if (table.isEmpty()) {
            session.say("There are no backups of " + plan.database() + " here.");
            return;
        }
        session.say(table.lines(session.style()));
        session.say("");
        session.say(
                plan.removed().isEmpty()
                        ? "Nothing to remove."
                        : Sizes.count(plan.removed().size(), "backup") + " to remove, "
                                + Sizes.text(plan.removedBytes()) + ".");
    }

    private static void confirm(Session session, RetentionPlan plan) {
        if (!session.options().yes && session.console().isInteractive()) {
            session.question().confirm("remove " + Sizes.count(plan.removed().size(), "backup"), "yes");
        }
    }

    private KeepRules rules(Pgkeep pgkeep) {
        if (olderThan == null && keepLast == null) {
            KeepRules configured = pgkeep.keepRules();
            if (!configured.isSet()) {
                throw new PgkeepException(
                        ErrorCode.USAGE,
                        "no rule says what may go",
                        "for instance: pgkeep prune --older-than 30d --dry-run");
            }
            return kind == null ? configured : configured.forKind(BackupCommand.kind(kind));
        }
        Optional<Duration> span = Optional.ofNullable(olderThan).map(PruneCommand::span);
        OptionalInt last = keepLast == null ? OptionalInt.empty() : OptionalInt.of(keepLast);
        if (last.isPresent() && last.getAsInt() < 1) {
            throw new PgkeepException(ErrorCode.USAGE, "--keep-last wants at least 1", "for instance --keep-last 10");
        }
        Optional<Kind> only = Optional.ofNullable(kind).map(BackupCommand::kind);
        return new KeepRules(last, span, only);
    }

    private static Duration span(String text) {
        return Spans.parse(text)
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.USAGE, text + " is not a span of time", "for instance --older-than 30d or 36h"));
    }
}
