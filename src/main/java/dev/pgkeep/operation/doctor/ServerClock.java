package dev.pgkeep.operation.doctor;

import dev.pgkeep.base.units.Spans;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Compares the server's clock with ours: names and ages of backups come from ours, the moments in rows from its. */
final class ServerClock {
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Connection connection;
    private final Clock clock;

    ServerClock(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    Check check() {
        Instant before = clock.instant();
        Instant theirs = ask();
        Duration ahead = Duration.between(
                before.plus(Duration.between(before, clock.instant()).dividedBy(2)), theirs);
        return ahead.abs().compareTo(TOLERANCE) > 0
                ? Check.warn(
                        "clock",
                        "the server's clock is " + Spans.text(ahead.abs())
                                + (ahead.isNegative() ? " behind" : " ahead of") + " this machine's",
                        "let both follow a time server, for instance: timedatectl set-ntp true")
                : Check.ok("clock", "the same time here and on the server");
    }

    private Instant ask() {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT clock_timestamp()")) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking for the time");
        }
    }
}
