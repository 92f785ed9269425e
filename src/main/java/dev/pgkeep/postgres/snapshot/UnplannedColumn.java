package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.format.manifest.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Tables that a query should not be planned for, or cannot be: the planner looks into the expressions of their indexes
 * and statistics, and runs what is constant there. To count their rows, a narrow column is copied, which nobody plans.
 *
 * @param name the narrowest column
 * @param stranger whether the functions there, or the checks of domains, belong to a role that could not act as the one
 *     that is connected; else it is known only that there are some
 */
record UnplannedColumn(String name, boolean stranger) {
    private static final String QUERY = """
            WITH stranger AS (
                SELECT r.oid FROM pg_roles r
                WHERE NOT pg_has_role(r.oid, (SELECT m.oid FROM pg_roles m WHERE m.rolname = current_user), 'MEMBER')
            )
            SELECT a.attname, code.stranger
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            CROSS JOIN LATERAL (
                SELECT bool_or(coalesce(p.proowner, t.typowner) IN (SELECT s.oid FROM stranger s)) AS stranger
                FROM pg_depend d
                LEFT JOIN pg_operator o ON d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
                LEFT JOIN pg_proc p ON d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
                    AND p.oid = coalesce(o.oprcode, d.refobjid)
                LEFT JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
                WHERE coalesce(p.proowner, t.typowner) IS NOT NULL
                  AND (d.classid = 'pg_class'::regclass
                           AND d.objid IN (SELECT i.indexrelid FROM pg_index i WHERE i.indrelid = c.oid)
                       OR d.classid = 'pg_statistic_ext'::regclass
                           AND d.objid IN (SELECT x.oid FROM pg_statistic_ext x WHERE x.stxrelid = c.oid))) AS code
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind = 'r' AND code.stranger IS NOT NULL
            ORDER BY CASE WHEN a.attlen < 0 THEN 32767 ELSE a.attlen END, a.attnum
            LIMIT 1""";

    /** The narrowest column of such a table; nothing where no function of anybody is in the way. */
    static Optional<UnplannedColumn> find(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new UnplannedColumn(row.getString(1), row.getBoolean(2)))
                        : Optional.empty();
            }
        }
    }
}
