package dev.pgkeep.postgres.copy;

import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds tables that no query can be planned for. The planner looks into the functions in expressions of indexes and
 * statistics, and where one of them names others without their schema, it does not find them by the search path of our
 * sessions. The search path of the database is no way out: with it, names would lead to whatever its owner likes.
 */
final class Planning {
    /** Objects of users have OIDs from 16384 on. */
    private static final String SUSPECTS = """
            SELECT c.oid FROM pg_class c
            WHERE c.oid = ANY (?) AND EXISTS (
                SELECT FROM pg_depend d
                WHERE d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass)
                  AND d.refobjid >= 16384
                  AND (d.classid = 'pg_class'::regclass
                           AND d.objid IN (SELECT i.indexrelid FROM pg_index i WHERE i.indrelid = c.oid)
                       OR d.classid = 'pg_statistic_ext'::regclass
                           AND d.objid IN (SELECT x.oid FROM pg_statistic_ext x WHERE x.stxrelid = c.oid)))""";

    private Planning() {}

    /** The OIDs of such tables. The connection may be in a transaction, which goes on. */
    static Set<Long> unplannable(Connection connection, List<CopyTable> tables) throws SQLException {
        Set<Long> suspects = suspects(connection, tables);
        Set<Long> found = new HashSet<>();
        for (CopyTable table : tables) {
            if (suspects.contains(table.oid()) && table.access() != RowAccess.COPY && !isPlanned(connection, table)) {
                found.add(table.oid());
            }
        }
        return found;
    }

    private static Set<Long> suspects(Connection connection, List<CopyTable> tables) throws SQLException {
        Set<Long> oids = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(SUSPECTS)) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "oid", tables.stream().map(CopyTable::oid).toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    oids.add(row.getLong(1));
                }
            }
        }
        return oids;
    }

    private static boolean isPlanned(Connection connection, CopyTable table) throws SQLException {
        Savepoint before = connection.getAutoCommit() ? null : connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.execute("EXPLAIN " + new TableSelect(connection, table).rows("", "true"));
            if (before != null) {
                connection.releaseSavepoint(before);
            }
            return true;
        } catch (SQLException e) {
            if (SqlErrors.isPassing(e) || !SqlErrors.isOfStatement(e)) {
                throw e;
            }
            if (before != null) {
                connection.rollback(before);
            }
            return false;
        }
    }
}
