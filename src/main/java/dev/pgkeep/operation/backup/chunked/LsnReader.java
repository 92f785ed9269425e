package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.format.manifest.Manifest.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads where in the server's history a snapshot lies. Position and transaction id are read before the snapshot is
 * taken, in that order: whatever wrote before the position has an older id, or had ended by then.
 */
public final class LsnReader {
    private @Nullable Before before;

    private record Before(long timeline, long database, String insert, String next) {}

    /**
     * Reads what must be read before the snapshot is taken. A server that does not tell is no error.
     *
     * @param connection in autocommit mode
     */
    public void readBefore(Connection connection) {
        before = null;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT c.timeline_id, d.oid, pg_catalog.pg_current_wal_insert_lsn()::text
                        FROM pg_catalog.pg_control_checkpoint() c, pg_catalog.pg_database d
                        WHERE d.datname = pg_catalog.current_database() AND NOT pg_catalog.pg_is_in_recovery()""")) {
            if (row.next()) {
                long timeline = row.getLong(1);
                long database = row.getLong(2);
                String insert = row.getString(3);
                try (ResultSet next = statement.executeQuery("SELECT pg_catalog.txid_current()::text")) {
                    next.next();
                    before = new Before(timeline, database, insert, next.getString(1));
                }
            }
        } catch (SQLException e) {
            // A role without the right to read it, or a server that is being stopped: the backup goes without.
            before = null;
        }
    }

    /** The position of the snapshot, to be asked for in it. */
    public Optional<Position> in(Connection snapshot) {
        Before read = before;
        if (read == null) {
            return Optional.empty();
        }
        try (Statement statement = snapshot.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot())::text")) {
            row.next();
            return Optional.of(new Position(read.timeline, read.database, read.insert, read.next, row.getString(1)));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
