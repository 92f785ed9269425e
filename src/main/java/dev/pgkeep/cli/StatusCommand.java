package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.operation.status.PrometheusText;
import dev.pgkeep.operation.status.Status;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.repository.inspection.Inspection;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep status}. */
@Command(
        description = "Says how well the database is backed up: newest good backup and its age, last proof, sizes,"
                + " success. Ends with status 1 when the newest good backup is older than --max-age, or there is none; with 3"
                + " when something in the repository is lost or damaged.",
        footer = {
            "",
            "Examples:",
            "  pgkeep status",
            "  pgkeep status --max-age 26h -q        for cron and monitoring",
            "  pgkeep status --prometheus > /var/lib/node_exporter/pgkeep.prom"
        })
final class StatusCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(names = "--max-age", paramLabel = "SPAN", description = "Fail when the newest good backup is older")
    @Nullable
    String maxAge;

    @Option(names = "--prometheus", description = "Print metrics in Prometheus' text format")
    boolean prometheus;

    @Option(names = "--all", description = "Every database in the repository")
    boolean all;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        Status status = Status.of(
                        pgkeep.repository(),
                        all ? Optional.empty() : pgkeep.databaseName(),
                        age().or(() -> pgkeep.settings().maxAge()),
                        session.surroundings().clock())
                .finding(pgkeep.inspect(Inspection.Depth.QUICK).findings())
                .keeping(pgkeep.keptDatabases().expireIfAny(pgkeep::targetIfConfigured).stream()
                        .map(StatusCommand::kept)
                        .toList())
                .protectedBy(protection(session, pgkeep));
        if (global.json) {
            session.document(status.json());
        } else if (prometheus) {
            session.data(PrometheusText.of(status));
        } else {
            new StatusReport(session).print(status);
        }
        return status.failure().map(failure -> told(session, failure)).orElse(ExitStatus.DONE);
    }

    /** Nice to know, but nothing to wait or to fail for: monitors are not told, and need no server. */
    private Optional<String> protection(Session session, Pgkeep pgkeep) {
        if (all || prometheus || global.quiet || pgkeep.settings().connection().isEmpty()) {
            return Optional.empty();
        }
        try {
            Target target = pgkeep.target();
            return new DestructiveConfirmation(session, pgkeep, false)
                    .protection(target, pgkeep.protect().isMarked(target));
        } catch (PgkeepException e) {
            return Optional.empty();
        }
    }

    private static Status.Kept kept(KeptDatabase kept) {
        return new Status.Kept(
                kept.name(),
                kept.note().database(),
                kept.note().since(),
                kept.note().until(),
                kept.bytes());
    }

    /** The result is printed already, so that only stderr is left to say why this run ends as it does. */
    private static ExitStatus told(Session session, PgkeepException failure) {
        session.console().err().line("error: " + failure.getMessage());
        session.console().err().line("hint:  " + failure.hint());
        return failure.code().exitStatus();
    }

    private Optional<Duration> age() {
        return Optional.ofNullable(maxAge)
                .map(text -> Spans.parse(text)
                        .orElseThrow(() -> new PgkeepException(
                                ErrorCode.USAGE, text + " is not a span of time", "for instance --max-age 26h")));
    }
}
