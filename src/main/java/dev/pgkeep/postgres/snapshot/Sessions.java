package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.postgres.connect.TablesOnly;
import java.sql.SQLException;
import java.sql.Statement;

/** Begins sessions that read in a snapshot. */
final class Sessions {
    private Sessions() {}

    /**
     * A read-only transaction in which rows hidden by row security are an error, as are views in the place of tables.
     */
    static void begin(Statement statement) throws SQLException {
        statement.execute("SET lock_timeout = '2s'");
        statement.execute("SET row_security = off");
        TablesOnly.always(statement.getConnection());
        statement.getConnection().commit();
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
}
