package dev.pgkeep.postgres.catalog;

import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How many rows were ever written in a database, as its statistics say: two readings that differ tell that somebody
 * wrote in between. A session tells the statistics when it ends, else some seconds late.
 */
public final class RowChanges {
    private static final String COUNT = """
            SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
            FROM pg_catalog.pg_stat_all_tables WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema'""";

    private RowChanges() {}

    /** The rows that were inserted, updated and deleted so far. */
    public static long count(Connection inside) {
        try (Statement statement = inside.createStatement();
                ResultSet row = statement.executeQuery(COUNT)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking how much was written");
        }
    }
}
