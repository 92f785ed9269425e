package dev.pgkeep.postgres.incremental;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A mark in the history of a server, without any right or object: {@value #TRANSACTIONS} empty transactions, each
 * committed or rolled back as a random bit says. The server remembers which, as it does for all transactions. A server
 * that went another way since then has other transactions under these ids, or none, and tells another pattern but for
 * one case in 2^{@value #TRANSACTIONS}.
 *
 * <p>Nothing waits for the disk: a crash that loses the mark only makes it useless.
 */
final class Marker {
    static final int TRANSACTIONS = 64;

    private static final char COMMITTED = '+';
    private static final char ROLLED_BACK = '-';

    private Marker() {}

    /**
     * Leaves a mark.
     *
     * @param connection in autocommit mode
     * @return ids and what became of them, as {@link dev.pgkeep.format.manifest.Lineage} has it
     * @throws SQLException when the server has no transaction ids to give
     */
    static String leave(Connection connection) throws SQLException {
        long pattern = new SecureRandom().nextLong();
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < TRANSACTIONS; i++) {
            script.append("BEGIN; SELECT pg_current_xact_id()::text; ")
                    .append(isCommitted(pattern, i) ? "COMMIT; " : "ROLLBACK; ");
        }
        List<String> marks = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(script.toString());
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    try (ResultSet row = statement.getResultSet()) {
                        row.next();
                        marks.add(row.getString(1) + (isCommitted(pattern, marks.size()) ? COMMITTED : ROLLED_BACK));
                    }
                }
                rows = statement.getMoreResults();
            }
        }
        if (marks.size() != TRANSACTIONS) {
            throw new SQLException("the server ran " + marks.size() + " transactions of " + TRANSACTIONS);
        }
        return String.join(" ", marks);
    }

    private static boolean isCommitted(long pattern, int bit) {
        return (pattern >>> bit & 1) != 0;
    }

    /**
     * Whether the server remembers a mark. Whoever takes a snapshot after that sees everything that was there before
     * it.
     *
     * @param connection in autocommit mode
     */
    static boolean isKnown(Connection connection, String mark) {
        String[] marks = mark.split(" ");
        if (marks.length != TRANSACTIONS) {
            return false;
        }
        String[] ids = new String[marks.length];
        String[] fates = new String[marks.length];
        for (int i = 0; i < marks.length; i++) {
            int end = marks[i].length() - 1;
            char fate = end < 1 ? ' ' : marks[i].charAt(end);
            boolean told = fate == COMMITTED || fate == ROLLED_BACK;
            if (!told || !marks[i].substring(0, end).chars().allMatch(Character::isDigit)) {
                return false;
            }
            ids[i] = marks[i].substring(0, end);
            fates[i] = fate == COMMITTED ? "committed" : "aborted";
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM unnest(?::text[], ?::text[])"
                + " AS m(id, fate) WHERE pg_xact_status(m.id::xid8) = m.fate")) {
            query.setArray(1, connection.createArrayOf("text", ids));
            query.setArray(2, connection.createArrayOf("text", fates));
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getInt(1) == TRANSACTIONS;
            }
        } catch (SQLException e) {
            // An id that is yet to come, for instance.
            return false;
        }
    }
}
