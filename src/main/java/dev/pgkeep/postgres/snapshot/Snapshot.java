package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.KnownHole;
import dev.pgkeep.postgres.tools.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;

/**
 * A snapshot, exported where that does no harm: other sessions and pg_dump see exactly what this one sees, as long as
 * it stays open.
 */
public final class Snapshot implements AutoCloseable {
    private final Connection connection;
    private final Optional<String> shared;
    private final Instant takenAt;

    private Snapshot(Connection connection, Optional<String> shared, Instant takenAt) {
        this.connection = connection;
        this.shared = shared;
        this.takenAt = takenAt;
    }

    /**
     * Takes a snapshot of the target's database. On a standby with {@link KnownHole#STANDBY_SNAPSHOT} nobody can share
     * it: who imports it there may damage rows.
     *
     * @param application name under which the session appears on the server
     */
    public static Snapshot take(Connector connector, Target target, String application) {
        return in(connector.open(target, application), target.database());
    }

    /**
     * Takes a snapshot as {@link #take} does, in a session that is there.
     *
     * @param connection in autocommit mode; closed with the snapshot, and where none can be taken
     * @param database that it is connected to
     */
    public static Snapshot in(Connection connection, String database) {
        try {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                Sessions.begin(statement);
                String id = isHarmless(statement) ? "pg_catalog.pg_export_snapshot()" : "NULL";
                try (ResultSet row = statement.executeQuery("SELECT " + id + ", pg_catalog.clock_timestamp()")) {
                    row.next();
                    return new Snapshot(
                            connection,
                            Optional.ofNullable(row.getString(1)),
                            row.getObject(2, java.time.OffsetDateTime.class).toInstant());
                }
            }
        } catch (SQLException e) {
            SessionTermination.close(connection);
            throw SqlErrors.translate(e, "taking a snapshot of " + database);
        } catch (PgkeepException e) {
            SessionTermination.close(connection);
            throw e;
        }
    }

    private static boolean isHarmless(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery(),"
                + " pg_catalog.current_setting('server_version_num')::pg_catalog.int4")) {
            row.next();
            return !row.getBoolean(1) || !KnownHole.STANDBY_SNAPSHOT.isIn(Version.ofNumber(row.getInt(2)));
        }
    }

    /** The id of the snapshot, where others may share it. */
    public Optional<String> shared() {
        return shared;
    }

    /**
     * The id that {@code --snapshot} of pg_dump and {@code SET TRANSACTION SNAPSHOT} take.
     *
     * @throws PgkeepException SERVER_UNSUPPORTED where nobody may share it
     */
    public String id() {
        return shared.orElseThrow(() -> new PgkeepException(
                ErrorCode.SERVER_UNSUPPORTED,
                "a standby of this version may damage rows where several sessions share a snapshot ("
                        + KnownHole.STANDBY_SNAPSHOT.source() + ")",
                "use the primary, or update the standby to " + KnownHole.STANDBY_SNAPSHOT.firstFixed()));
    }

    /** The server's clock when it was taken. */
    public Instant takenAt() {
        return takenAt;
    }

    /** The session that holds it, in its transaction: what is read here is read in the snapshot. */
    public Connection connection() {
        return connection;
    }

    /** Gives it up; the session stays, in autocommit mode. */
    public void end() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    @Override
    public void close() {
        SessionTermination.close(connection);
    }
}
