package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.VerifyJson;
import dev.pgkeep.operation.restore.ScratchServer;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyBackups;
import dev.pgkeep.operation.verify.VerifyOutcome;
import dev.pgkeep.operation.verify.VerifyRequest;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.inspection.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep verify [BACKUP]}. */
@Command(
        description = "Proves that backups are good. By default every stored byte is read back and every row counted;"
                + " with --restore the backup is also loaded into a scratch database, compared, and dropped again.",
        footer = {
            "",
            "Examples:",
            "  pgkeep verify                           the latest backup, every byte",
            "  pgkeep verify --restore                 and restore it into a scratch database",
            "  pgkeep verify --restore --on temporary  on a temporary server of its own",
            "  pgkeep verify --all --quick"
        })
final class VerifyCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "BACKUP", description = "Which one (default: latest)")
    @Nullable
    String backup;

    @Option(names = "--all", description = "Every backup of the database")
    boolean all;

    @Option(names = "--kind", paramLabel = "KIND", description = "Every backup of this kind")
    @Nullable
    String kind;

    @Option(names = "--quick", description = "Only sizes and tables of contents")
    boolean quick;

    @Option(names = "--restore", description = "Restore it into a scratch database and compare")
    boolean restore;

    @Option(
            names = "--on",
            paramLabel = "WHERE",
            description = "Server for the scratch database: same, temporary (started for this), or a URL"
                    + " (default: TEST_DATABASE_URL where it is set, else same)")
    @Nullable
    String on;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        if (quick && restore) {
            throw new PgkeepException(ErrorCode.USAGE, "--quick and --restore exclude each other", "take one of them");
        }
        Pgkeep pgkeep = session.pgkeep();
        Depth depth = restore ? Depth.RESTORE : quick ? Depth.QUICK : Depth.FULL;
        VerifyRequest request = new VerifyRequest(
                Optional.ofNullable(backup), all, Optional.ofNullable(kind).map(BackupCommand::kind), depth);
        VerifyBackups verify = pgkeep.verifyBackups();
        List<StoredBackup> backups = verify.choose(request);
        if (backups.size() > 1) {
            session.beBrief();
        }
        VerifyOutcome outcome;
        try (ScratchServer server = session.scratchServer(pgkeep, on)) {
            outcome = verify.run(request, backups, server, result -> {
                if (!global.json) {
                    print(session, result);
                }
            });
        }
        if (global.json) {
            session.document(Json.text(new VerifyJson(outcome.results(), outcome.isGood(), outcome.findings())));
        } else if (outcome.results().size() > 1) {
            summary(session, outcome.results());
        }
        outcome.instead()
                .ifPresent(hint -> session.console().err().line(session.style().bold("hint:") + "  " + hint));
        if (!global.json) {
            outcome.findings().forEach(each -> print(session, each));
        }
        return outcome.isGood() ? ExitStatus.DONE : ExitStatus.DAMAGED;
    }

    private static void print(Session session, Finding finding) {
        boolean damage = finding.kind().isDamage();
        if (damage || !session.options().quiet) {
            session.printBroken(
                    (damage ? session.style().bad("✗ ") : session.style().warning("! ")) + finding.text());
            session.console().err().line(session.style().bold("hint:") + "  " + finding.hint());
        }
    }

    private static void print(Session session, VerifyResult verdict) {
        String time = Spans.text(Duration.ofMillis(Math.round(verdict.seconds() * 1000)));
        if (!verdict.isGood()) {
            session.printBroken(session.style().bad("✗ ") + verdict.backup() + " is "
                    + session.style().bad(verdict.state().word()) + ": " + verdict.problem());
            return;
        }
        String what = switch (verdict.state()) {
            case PROVEN -> "proven: restored, " + counted(verdict) + " as in the backup, " + time + " to recover";
            case CHECKED -> "checked: every byte read, " + counted(verdict) + ", " + time;
            case LOOKED_AT, DAMAGED -> "in order as far as a quick look tells, " + time;
        };
        if (!session.options().quiet) {
            session.printBroken(session.style().good("✓ ") + verdict.backup() + " " + what);
        }
    }

    private static void summary(Session session, List<VerifyResult> verdicts) {
        long bad = verdicts.stream().filter(verdict -> !verdict.isGood()).count();
        String count = Sizes.count(verdicts.size(), "backup");
        String time = Spans.text(Duration.ofMillis(
                Math.round(verdicts.stream().mapToDouble(VerifyResult::seconds).sum() * 1000)));
        if (bad > 0) {
            session.print(session.style().bad("✗ ") + bad + " of " + count + (bad == 1 ? " is" : " are") + " damaged, "
                    + time);
        } else {
            session.conclude(session.style().good("✓ ") + count + " "
                    + (verdicts.getFirst().state() == VerifyResult.State.LOOKED_AT
                            ? "in order as far as a quick look tells"
                            : verdicts.getFirst().state().word())
                    + ", " + time);
        }
    }

    private static String counted(VerifyResult verdict) {
        return Sizes.count(verdict.rows(), "row") + " in " + Sizes.count(verdict.tables(), "table");
    }
}
