package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.postgres.connect.TablesOnly;
import java.sql.SQLException;
import java.sql.Statement;

/** How sessions that read in a snapshot begin. */
final class Sessions {
    private Sessions() {}

    /**
     * A read-only transaction in which rows hidden by row security are an error, as are views in the place of tables,
     * and no timeout of the role's cuts in.
     */
    static void begin(Statement statement) throws SQLException {
        statement.execute("SET statement_timeout = 0");
        statement.execute("SET lock_timeout = '2s'");
        statement.execute("SET idle_in_transaction_session_timeout = 0");
        statement.execute("SET row_security = off");
        statement.execute("SET search_path = pg_catalog");
        TablesOnly.always(statement.getConnection());
        statement.getConnection().commit();
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
}
