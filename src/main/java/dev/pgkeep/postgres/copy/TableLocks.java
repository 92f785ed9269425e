package dev.pgkeep.postgres.copy;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;

/** Holds tables as they were when the snapshot was taken. */
public final class TableLocks {
    private TableLocks() {}

    /**
     * Takes ACCESS SHARE on all tables, to the end of the connection's transaction (which should be the one that holds
     * the snapshot), then checks that none was rewritten, truncated or replaced since the snapshot.
     *
     * @param lockTimeout how long to wait for one table
     * @throws dev.pgkeep.error.PgkeepException LOCK_BUSY naming the table, when it is locked or was changed: begin
     *     again with a new snapshot
     */
    public static void take(Connection connection, List<CopyTable> tables, Duration lockTimeout) {
        throw new UnsupportedOperationException();
    }
}
