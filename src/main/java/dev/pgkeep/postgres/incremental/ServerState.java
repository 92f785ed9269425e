package dev.pgkeep.postgres.incremental;

import dev.pgkeep.format.manifest.Lineage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is in its history.
 *
 * @param systemIdentifier identity of the cluster, where the role may read it
 * @param databaseOid the database
 * @param version as the server prints it
 * @param timeline the timeline; 0 on a standby, which follows the one of its primary
 * @param walPosition behind everything that is written; on a standby, behind everything that is replayed
 * @param startedAt when it was started, in seconds since 1970
 * @param durable whether what it says is written is written
 * @param standby whether it only follows another one
 * @param nextTransaction the first transaction id that nobody has, 64 bits
 * @param process the server process that answered
 */
record ServerState(
        @Nullable String systemIdentifier,
        long databaseOid,
        String version,
        long timeline,
        String walPosition,
        String startedAt,
        boolean durable,
        boolean standby,
        long nextTransaction,
        int process) {
    /** Apart from each other: transaction ids of 32 bits tell later from earlier for fewer than these. */
    private static final long MOST_TRANSACTIONS = 1L << 30;

    private static final int TIMELINE_DIGITS = 8;
    private static final int HEX = 16;

    private static final String STATE = """
            SELECT d.oid, current_setting('server_version'), extract(epoch FROM pg_postmaster_start_time())::text,
                   current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on',
                   pg_is_in_recovery(),
                   CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_walfile_name(pg_current_wal_insert_lsn()) END,
                   CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END::text,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_backend_pid()
            FROM pg_database d WHERE d.datname = current_database()""";

    /**
     * Asks the server.
     *
     * @param connection in autocommit mode
     * @throws SQLException when it does not tell
     */
    static ServerState of(Connection connection) throws SQLException {
        String identifier = identifier(connection);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(STATE)) {
            row.next();
            String file = row.getString(6);
            return new ServerState(
                    identifier,
                    row.getLong(1),
                    row.getString(2),
                    file == null ? 0 : Long.parseLong(file.substring(0, TIMELINE_DIGITS), HEX),
                    String.valueOf(row.getString(7)),
                    row.getString(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    row.getLong(8),
                    row.getInt(9));
        }
    }

    /** The server process of a session. */
    static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Not every role may read it. */
    private static @Nullable String identifier(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT system_identifier::text FROM pg_control_system()")) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            return null;
        }
    }

    /** Why this is not the server of a backup, further on; empty where nothing speaks against it. */
    Optional<String> differsFrom(Lineage backup) {
        String known = backup.systemIdentifier();
        if (known != null && systemIdentifier != null && !known.equals(systemIdentifier)) {
            return Optional.of("it is another server now");
        }
        if (backup.databaseOid() != databaseOid) {
            return Optional.of("the database was created anew");
        }
        if (!backup.serverVersion().equals(version)) {
            return Optional.of("the server was of version " + backup.serverVersion() + " then, now it is " + version);
        }
        if (timeline != 0 && backup.timeline() != timeline) {
            return Optional.of("the server took another way since (timeline " + backup.timeline() + ", now " + timeline
                    + "), as after a failover");
        }
        if (position(walPosition) < position(backup.walPosition())) {
            return Optional.of("the server has not come as far as it was then");
        }
        if (!(durable && backup.durable()) && !backup.startedAt().equals(startedAt)) {
            return Optional.of(
                    "the server was started anew, and does not write safely (fsync or full_page_writes off)");
        }
        long passed = nextTransaction - backup.snapshotXmin();
        if (passed < 0 || passed >= MOST_TRANSACTIONS) {
            return Optional.of("it is more than " + MOST_TRANSACTIONS + " transactions ago");
        }
        return Optional.empty();
    }

    private static long position(String lsn) {
        int slash = lsn.indexOf('/');
        return slash < 0
                ? 0
                : Long.parseLong(lsn.substring(0, slash), HEX) << Integer.SIZE
                        | Long.parseLong(lsn.substring(slash + 1), HEX);
    }
}
