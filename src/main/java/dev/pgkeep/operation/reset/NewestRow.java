package dev.pgkeep.operation.reset;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The newest row that was found, by columns that say when a row was made: whoever looks at a database that was used a
 * minute ago thinks twice.
 *
 * @param column for instance {@code created_at}
 */
public record NewestRow(TableName table, String column, Instant at) {
    private static final int PATIENCE_MILLIS = 250;
    private static final Duration ENOUGH = Duration.ofSeconds(1);

    private record Candidate(TableName table, String column, String sql) {}

    /** Looks in the connected database for a second at most; what takes longer is left out. */
    static Optional<NewestRow> find(Connection connection) {
        List<NewestRow> found = new ArrayList<>();
        long end = System.nanoTime() + ENOUGH.toNanos();
        try {
            connection.setReadOnly(true);
            for (Candidate candidate : candidates(connection)) {
                if (System.nanoTime() < end) {
                    ask(connection, candidate).ifPresent(found::add);
                }
            }
        } catch (SQLException e) {
            // It is only nice to know.
        }
        return found.stream().max(Comparator.comparing(NewestRow::at));
    }

    private static List<Candidate> candidates(Connection connection) throws SQLException {
        List<Candidate> candidates = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + PATIENCE_MILLIS);
            statement.execute("SET lock_timeout = " + PATIENCE_MILLIS);
            statement.execute("SET timezone = 'UTC'");
            try (ResultSet row = statement.executeQuery(SqlResource.text(NewestRow.class, "newest-row"))) {
                while (row.next()) {
                    candidates.add(new Candidate(
                            new TableName(row.getString(1), row.getString(2)), row.getString(3), row.getString(4)));
                }
            }
        }
        return candidates;
    }

    private static Optional<NewestRow> ask(Connection connection, Candidate candidate) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(candidate.sql())) {
            double seconds = row.next() ? row.getDouble(1) : 0;
            return seconds <= 0 || row.wasNull()
                    ? Optional.empty()
                    : Optional.of(new NewestRow(
                            candidate.table(), candidate.column(), Instant.ofEpochSecond((long) seconds)));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
