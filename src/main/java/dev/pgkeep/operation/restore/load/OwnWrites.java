package dev.pgkeep.operation.restore.load;

import dev.pgkeep.postgres.copy.CopyTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a transaction wrote to tables because we said so, to be held against what the server counted: whatever a
 * trigger, a rule or a foreign key did besides shows in that, in whichever table.
 */
final class OwnWrites {
    /** Views that are filled anew count, too. */
    private static final String COUNTED = """
            SELECT s.relid, s.schemaname || '.' || s.relname, s.n_tup_ins, s.n_tup_upd, s.n_tup_del
            FROM pg_stat_xact_user_tables s JOIN pg_class c ON c.oid = s.relid
            WHERE c.relkind IN ('r', 'p') AND s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0""";

    private final Map<Long, Written> tables = new HashMap<>();

    private record Written(long put, long changed, long deleted) {
        Written plus(long morePut, long moreDeleted) {
            return new Written(put + morePut, changed, deleted + moreDeleted);
        }
    }

    private static final Written NOTHING = new Written(0, 0, 0);

    void put(CopyTable table, long rows) {
        tables.merge(table.oid(), new Written(rows, 0, 0), (one, other) -> one.plus(rows, 0));
    }

    void deleted(CopyTable table, long rows) {
        tables.merge(table.oid(), new Written(0, 0, rows), (one, other) -> one.plus(0, rows));
    }

    /** One line for each table that was written to otherwise; none where the server does not count. */
    List<String> differences(Connection session) throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Statement statement = session.createStatement()) {
            if (!counts(statement)) {
                return differences;
            }
            try (ResultSet row = statement.executeQuery(COUNTED)) {
                while (row.next()) {
                    Written found = new Written(row.getLong(3), row.getLong(4), row.getLong(5));
                    if (!found.equals(tables.getOrDefault(row.getLong(1), NOTHING))) {
                        differences.add(row.getString(2) + " was written to by something else than this restore");
                    }
                }
            }
        }
        return differences;
    }

    private static boolean counts(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW track_counts")) {
            row.next();
            return row.getString(1).equals("on");
        }
    }
}
