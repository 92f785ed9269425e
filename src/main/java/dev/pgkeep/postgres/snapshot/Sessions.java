package dev.pgkeep.postgres.snapshot;

import java.sql.SQLException;
import java.sql.Statement;

/** How sessions that read in a snapshot begin. */
final class Sessions {
    private Sessions() {}

    /** A read-only transaction in which rows hidden by row security are an error. */
    static void begin(Statement statement) throws SQLException {
        statement.execute("SET lock_timeout = '2s'");
        statement.execute("SET row_security = off");
        statement.getConnection().commit();
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
}
