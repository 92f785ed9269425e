package dev.pgkeep.operation.doctor;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.Repository;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Examines; changes nothing. */
public final class Doctor {
    private final Connector connector;
    private final Function<Target, Optional<String>> wayBack;
    private final Clock clock;

    /**
     * Wires a doctor.
     *
     * @param wayBack rehearses a backup of a database: what of it would not load, in one line
     */
    public Doctor(Connector connector, Function<Target, Optional<String>> wayBack, Clock clock) {
        this.connector = connector;
        this.wayBack = wayBack;
        this.clock = clock;
    }

    /** Every finding, good ones too, in the order in which they should be fixed. Never throws for what it finds. */
    public List<Check> examine(Examination examination) {
        var checks = new ArrayList<Check>();
        examination.untrusted().ifPresent(e -> checks.add(Check.fail("trust", e.getMessage(), e.hint())));
        Optional<Repository> repository = repository(examination, checks);
        database(examination, repository, checks);
        repository.ifPresent(found -> {
            new RepositoryChecks(found).addTo(checks);
            new BackupChecks(found, examination, clock).addTo(checks);
        });
        new FileChecks(examination).addTo(checks);
        return List.copyOf(checks);
    }

    /** The error that a run with such findings ends with; empty when nothing failed. */
    public static Optional<PgkeepException> failure(List<Check> checks) {
        long failed = checks.stream()
                .filter(check -> check.state() == Check.State.FAIL)
                .count();
        return failed == 0
                ? Optional.empty()
                : Optional.of(new PgkeepException(
                        ErrorCode.DOCTOR_FOUND,
                        Sizes.count(failed, "check") + " failed",
                        "do what stands below each, then run pgkeep doctor again"));
    }

    private Optional<Repository> repository(Examination examination, List<Check> checks) {
        try {
            return Optional.of(Repository.open(examination.repository(), clock));
        } catch (PgkeepException e) {
            checks.add(Check.fail("repository", e.getMessage(), e.hint()));
            return Optional.empty();
        }
    }

    private void database(Examination examination, Optional<Repository> repository, List<Check> checks) {
        Optional<Target> wanted = examination.target();
        if (wanted.isEmpty()) {
            checks.add(examination
                    .misunderstood()
                    .map(e -> Check.fail("connection", e.getMessage(), e.hint()))
                    .orElseGet(() -> Check.warn(
                            "connection",
                            "no database is configured",
                            "set DATABASE_URL in the environment or in a .env file, or give --url postgresql://…")));
            new ToolChecks(examination.tools()).addWithoutServer(checks);
            return;
        }
        try {
            Target target = connector.settle(wanted.get());
            try (Connection connection = connector.open(target, "pgkeep")) {
                checks.add(Check.ok("connection", target.describe() + " (" + target.origin() + ")"));
                new ServerChecks(connection, target, examination, repository, clock).addTo(checks);
            }
            checks.add(wayBack(target));
        } catch (PgkeepException e) {
            checks.add(Check.fail("connection", e.getMessage(), e.hint()));
            new ToolChecks(examination.tools()).addWithoutServer(checks);
        } catch (SQLException e) {
            PgkeepException told = SqlErrors.translate(e, "closing the connection");
            checks.add(Check.fail("connection", told.getMessage(), told.hint()));
        }
    }

    private Check wayBack(Target target) {
        try {
            return wayBack.apply(target)
                    .map(doubt -> Check.warn(
                            "way back",
                            doubt,
                            "restore with the role that may make it, or keep the old database: --keep-old"))
                    .orElseGet(() -> Check.ok("way back", "nothing was found that this role could not make again"));
        } catch (PgkeepException e) {
            return Check.warn("way back", "it could not be rehearsed: " + e.getMessage(), e.hint());
        }
    }
}
