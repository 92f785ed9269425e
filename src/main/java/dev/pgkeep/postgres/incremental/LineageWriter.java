package dev.pgkeep.postgres.incremental;

import dev.pgkeep.format.manifest.Lineage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Notes where in the server's history a snapshot lies, in two steps: in it, and when it is no longer needed. */
public final class LineageWriter {
    private final long snapshotXmin;
    private final int process;
    private final String startedAt;

    private LineageWriter(long snapshotXmin, int process, String startedAt) {
        this.snapshotXmin = snapshotXmin;
        this.process = process;
        this.startedAt = startedAt;
    }

    /**
     * Begins, in the snapshot.
     *
     * @param connection the session that took it
     */
    public static LineageWriter in(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
                        + " pg_backend_pid(), extract(epoch FROM pg_postmaster_start_time())::text")) {
            row.next();
            return new LineageWriter(row.getLong(1), row.getInt(2), row.getString(3));
        }
    }

    /**
     * Ends with a mark.
     *
     * @param connection the same session, in autocommit mode by now
     * @throws SQLException when the server gives no transaction ids, as a standby, or does not tell where it is
     */
    public Lineage end(Connection connection) throws SQLException {
        String mark = Marker.leave(connection);
        ServerState state = ServerState.of(connection);
        if (state.process() != process || !state.startedAt().equals(startedAt)) {
            throw new SQLException(LineageCheck.OTHER_PROCESS);
        }
        if (state.standby()) {
            throw new SQLException("the server is a standby");
        }
        return new Lineage(
                state.systemIdentifier(),
                state.databaseOid(),
                state.version(),
                state.timeline(),
                state.walPosition(),
                state.startedAt(),
                state.durable(),
                snapshotXmin,
                mark);
    }
}
