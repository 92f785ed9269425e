package dev.pgkeep.postgres.copy;

import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tells rows that were written before a transaction from those that were written later, in one session and within its
 * transaction, by the system column {@code xmin}: ages of transactions are counted from a moment that is the same for
 * the whole transaction.
 *
 * <p>Transaction ids have 32 bits there and turn round. A row that is younger than the transaction asked for has an age
 * from 0 to that of the transaction; a row that was frozen long ago may have any age, even a negative one, and is then
 * read in vain at the worst.
 */
public final class RowAge {
    /** Ages beyond this are not told from those of rows yet to be written. */
    static final long MOST = 1L << 30;

    private final int age;

    private RowAge(int age) {
        this.age = age;
    }

    /**
     * Ages in a session.
     *
     * @param connection in the transaction in which rows are read, which has written nothing yet
     * @param transaction 64-bit id; of a snapshot: the oldest that was still running
     * @throws dev.pgkeep.base.error.PgkeepException when it is too long ago or has not begun yet, or this transaction
     *     has written
     */
    public static RowAge since(Connection connection, long transaction) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT age('" + (transaction & 0xffffffffL) + "'::xid),"
                                + " pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_current_xact_id_if_assigned() IS NULL")) {
            row.next();
            int age = row.getInt(1);
            long distance = row.getLong(2) - transaction;
            // A transaction with an id counts ages from that, and whatever others began later would seem to be old.
            if (!row.getBoolean(3)) {
                throw new SQLException("ages are asked for by a transaction that has written already", "25001");
            }
            if (age < 0 || distance < 0 || distance >= MOST) {
                throw new SQLException("transaction " + transaction + " is not of the last " + MOST, "22003");
            }
            return new RowAge(age);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking what changed since the backup");
        }
    }

    /** The condition for rows that were written by it or later. */
    String later() {
        return "age(xmin) BETWEEN 0 AND " + age;
    }

    /** The condition for rows that were there before. */
    String before() {
        return "age(xmin) NOT BETWEEN 0 AND " + age;
    }
}
