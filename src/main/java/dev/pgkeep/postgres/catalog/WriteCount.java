package dev.pgkeep.postgres.catalog;

import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How much was ever written in a database, as the statistics of the server say: two readings that differ tell that
 * somebody wrote in between. A session tells the statistics when it ends, else some seconds late.
 *
 * @param rows rows of tables that were inserted, updated and deleted
 * @param all the same with those of the catalogs, which the server itself writes to; can be read from beside
 */
public record WriteCount(long rows, long all) {
    private static final String ROWS = """
            SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
            FROM pg_catalog.pg_stat_all_tables
            WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema' AND current_database() = ?""";

    private static final String ALL = """
            SELECT coalesce(sum(tup_inserted + tup_updated + tup_deleted), 0)
            FROM pg_catalog.pg_stat_database WHERE datname = ?""";

    /** @param inside a connection to the database */
    public static WriteCount read(Connection inside, String database) {
        return new WriteCount(number(inside, ROWS, database), all(inside, database));
    }

    /**
     * How much was written, the catalogs included.
     *
     * @param beside a connection to any database of the server
     */
    public static long all(Connection beside, String database) {
        return number(beside, ALL, database);
    }

    private static long number(Connection connection, String sql, String database) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking how much was written");
        }
    }
}
