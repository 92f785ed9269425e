package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionEnd;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** An exported snapshot: other sessions and pg_dump see exactly what this one sees, as long as it stays open. */
public final class Snapshot implements AutoCloseable {
    private final Connection connection;
    private final String id;
    private final Instant takenAt;

    private Snapshot(Connection connection, String id, Instant takenAt) {
        this.connection = connection;
        this.id = id;
        this.takenAt = takenAt;
    }

    /**
     * Takes a snapshot of the target's database.
     *
     * @param application name under which the session appears on the server
     */
    public static Snapshot take(Connector connector, Target target, String application) {
        Connection connection = connector.open(target, application);
        try {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                Sessions.begin(statement);
                try (ResultSet row = statement.executeQuery(
                        "SELECT pg_catalog.pg_export_snapshot(), pg_catalog.clock_timestamp()")) {
                    row.next();
                    return new Snapshot(
                            connection,
                            row.getString(1),
                            row.getObject(2, java.time.OffsetDateTime.class).toInstant());
                }
            }
        } catch (SQLException e) {
            SessionEnd.close(connection);
            throw SqlErrors.translate(e, "taking a snapshot of " + target.database());
        } catch (PgkeepException e) {
            SessionEnd.close(connection);
            throw e;
        }
    }

    /** What {@code --snapshot} of pg_dump and {@code SET TRANSACTION SNAPSHOT} take. */
    public String id() {
        return id;
    }

    /** The server's clock when it was taken. */
    public Instant takenAt() {
        return takenAt;
    }

    /** The session that holds it, in its transaction: what is read here is read in the snapshot. */
    public Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        SessionEnd.close(connection);
    }
}
