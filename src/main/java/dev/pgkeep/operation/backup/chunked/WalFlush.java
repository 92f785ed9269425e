package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.progress.Cancellation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Waits until the server's WAL is on its disk up to the snapshot. With {@code synchronous_commit = off} a server that
 * crashes may remember less than the backup does; a later backup that trusts this one would then miss what replaced it.
 */
final class WalFlush {
    private static final int ATTEMPTS = 50;
    private static final long PAUSE_MILLIS = 20;

    private WalFlush() {}

    /** @param connection the session that holds the snapshot; what it asks here is not read in the snapshot */
    static boolean await(Connection connection, Cancellation cancellation) {
        try (Statement statement = connection.createStatement()) {
            String now = text(statement, "SELECT pg_catalog.pg_current_wal_insert_lsn()::text");
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (text(statement, "SELECT pg_catalog.pg_current_wal_flush_lsn() >= '" + now + "'")
                        .equals("t")) {
                    return true;
                }
                cancellation.check();
                Thread.sleep(PAUSE_MILLIS);
            }
            return false;
        } catch (SQLException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
