package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.VerifyJson;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.inspection.Finding;
import dev.pgkeep.repository.inspection.Inspection;
import dev.pgkeep.repository.select.BackupSelector;
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
        List<StoredBackup> backups = chosen(pgkeep);
        if (backups.size() > 1) {
            session.beBrief();
        }
        try (ScratchServer server =
                depth == Depth.RESTORE ? ScratchServer.open(session, pgkeep, on) : ScratchServer.none()) {
            List<Finding> findings = all ? inspect(pgkeep) : List.of();
            List<VerifyResult> verdicts;
            try {
                verdicts = backups.isEmpty() ? List.of() : examine(session, pgkeep, backups, depth, server.target());
            } catch (PgkeepException e) {
                return unread(session, findings, e);
            }
            boolean good = verdicts.stream().allMatch(VerifyResult::isGood)
                    && Finding.damage(findings).isEmpty();
            if (global.json) {
                session.document(Json.text(new VerifyJson(verdicts, good, findings)));
            } else if (verdicts.size() > 1) {
                summary(session, verdicts);
            }
            hint(session, pgkeep, backups, verdicts);
            if (!global.json) {
                findings.forEach(each -> print(session, each));
            }
            return good ? ExitStatus.DONE : ExitStatus.DAMAGED;
        }
    }

    /** The end of a verify that could not read something: that does not hide what is lost or damaged. */
    private ExitStatus unread(Session session, List<Finding> findings, PgkeepException cause) {
        if (Finding.damage(findings).isEmpty() || cause.code() != ErrorCode.TOOLS_TOO_OLD) {
            throw cause;
        }
        if (global.json) {
            session.document(Json.text(new VerifyJson(List.of(), false, findings)));
        } else {
            findings.forEach(each -> print(session, each));
        }
        return ExitStatus.DAMAGED;
    }

    private List<Finding> inspect(Pgkeep pgkeep) {
        return pgkeep.inspect(quick ? Inspection.Depth.QUICK : Inspection.Depth.FULL)
                .findings();
    }

    private static void print(Session session, Finding finding) {
        boolean damage = finding.kind().isDamage();
        if (damage || !session.options().quiet) {
            session.printBroken(
                    (damage ? session.style().bad("✗ ") : session.style().warning("! ")) + finding.text());
            session.console().err().line(session.style().bold("hint:") + "  " + finding.hint());
        }
    }

    private List<VerifyResult> examine(
            Session session, Pgkeep pgkeep, List<StoredBackup> backups, Depth depth, Optional<Target> server) {
        String database =
                pgkeep.databaseName().or(() -> backups.getFirst().database()).orElse("");
        return pgkeep.verify()
                .runAll(
                        database,
                        backups,
                        depth,
                        server,
                        pgkeep.settings().smoke().allowed(),
                        verdict -> {
                            if (!global.json) {
                                print(session, verdict);
                            }
                        });
    }

    /** Says what to do when something is damaged: the first of them stands for all. */
    private static void hint(Session session, Pgkeep pgkeep, List<StoredBackup> backups, List<VerifyResult> verdicts) {
        List<String> bad = verdicts.stream()
                .filter(verdict -> !verdict.isGood())
                .map(VerifyResult::backup)
                .toList();
        backups.stream().filter(each -> bad.contains(each.name())).findFirst().ifPresent(first -> {
            String hint = new BackupSelector(pgkeep.repository(), pgkeep.databaseName()).insteadOf(first);
            session.console().err().line(session.style().bold("hint:") + "  " + hint);
        });
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

    private List<StoredBackup> chosen(Pgkeep pgkeep) {
        Optional<String> database = pgkeep.databaseName();
        if (!all && kind == null) {
            return List.of(new BackupSelector(pgkeep.repository(), database).find(backup == null ? "latest" : backup));
        }
        List<StoredBackup> backups = pgkeep.repository().list().stream()
                .filter(each -> database.isEmpty()
                        || each.database().isEmpty()
                        || each.database().equals(database))
                .filter(each -> kind == null
                        || each.kind().filter(BackupCommand.kind(kind)::equals).isPresent())
                .toList();
        if (backups.isEmpty() && (!all || inspect(pgkeep).isEmpty())) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_NOT_FOUND, "there is no backup to verify", "make one: pgkeep backup");
        }
        return backups;
    }
}
