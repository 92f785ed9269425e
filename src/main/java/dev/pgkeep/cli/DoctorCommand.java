package dev.pgkeep.cli;

import dev.pgkeep.app.ExaminationReader;
import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.cli.render.DoctorJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.Style;
import dev.pgkeep.operation.doctor.Check;
import dev.pgkeep.operation.doctor.Doctor;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pgkeep doctor}. */
@Command(
        description = "Examines everything that backups depend on (connection, rights, versions, client tools, disk,"
                + " clock, repository, secrets) and says how to fix each finding. Changes nothing.",
        footer = {"", "Examples:", "  pgkeep doctor", "  pgkeep doctor --json"})
final class DoctorCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        List<Check> checks = pgkeep.doctor().examine(ExaminationReader.read(pgkeep));
        Optional<PgkeepException> failure = Doctor.failure(checks);
        if (global.json) {
            session.document(Json.text(DoctorJson.of(checks)));
        } else {
            print(session, checks);
        }
        return failure.map(PgkeepException::code).map(ErrorCode::exitStatus).orElse(ExitStatus.DONE);
    }

    private static void print(Session session, List<Check> checks) {
        Style style = session.style();
        int width =
                checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
        for (Check check : checks) {
            String sign = switch (check.state()) {
                case OK -> style.good("✓");
                case WARN -> style.warning("!");
                case FAIL -> style.bad("✗");
            };
            session.print(
                    sign + " " + check.name() + " ".repeat(width - check.name().length()) + "  " + check.text());
            if (!check.fix().isEmpty()) {
                session.print("  " + " ".repeat(width) + "  → " + check.fix());
            }
        }
        long bad = checks.stream()
                .filter(check -> check.state() == Check.State.FAIL)
                .count();
        long warned = checks.stream()
                .filter(check -> check.state() == Check.State.WARN)
                .count();
        session.say("");
        session.say(bad + warned == 0 ? "Everything is in order." : bad + " to fix, " + warned + " to look at.");
    }
}
