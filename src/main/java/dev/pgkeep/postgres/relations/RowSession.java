package dev.pgkeep.postgres.relations;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.Writable;
import dev.pgkeep.postgres.connect.ApplicationPath;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session in one transaction. Where values become text and text becomes values, settings are exact, as in every
 * session of ours, so that both are the same everywhere and lose nothing ({@link #withExactFormat}); outside, once rows
 * have been looked for, they are as the database has them for its application. Names are found in the system alone, but
 * for a condition that somebody wrote, and where triggers and checks of the application run ({@link #application}).
 */
public final class RowSession implements AutoCloseable {
    private final Connection connection;
    private Format format = Format.UNKNOWN;

    private RowSession(Connection connection) {
        this.connection = connection;
    }

    /** The form in which values are written and read. */
    private enum Format {
        /** The form in which the session began, or a failure left it. */
        UNKNOWN,
        EXACT,
        USUAL
    }

    /** Takes a row of a query. */
    @FunctionalInterface
    public interface Row {
        void take(ResultSet row) throws SQLException;
    }

    /** Takes the line of a row, without its end; valid only during the call. */
    @FunctionalInterface
    public interface Line {
        void take(byte[] line, int length);
    }

    /** Gives lines of rows, each with its end; null at the end. */
    @FunctionalInterface
    public interface Lines {
        byte @Nullable [] next();
    }

    /** A transaction that sees one state of the database throughout. */
    public static RowSession looking(Connection connection) {
        return begin(connection, "REPEATABLE READ");
    }

    /** A transaction that waits for others' row locks and then sees what they left. */
    public static RowSession changing(Connection connection) {
        RowSession session = begin(connection, "READ COMMITTED");
        session.execute("SET LOCAL lock_timeout = '10s'", "beginning");
        session.refuseReplica();
        return session;
    }

    private static RowSession begin(Connection connection, String isolation) {
        RowSession session = new RowSession(connection);
        try {
            if (connection.getAutoCommit()) {
                SessionTermination.noticeQuickly(connection);
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "beginning");
        }
        session.execute("SET TRANSACTION ISOLATION LEVEL " + isolation, "beginning");
        session.execute("SET LOCAL row_security = off", "beginning");
        // What is found is put into temporary tables, also when it is only looked at.
        Writable.require(connection);
        return session;
    }

    /**
     * Refuses a session in which foreign keys are not checked and nothing cascades: rows would be left behind without
     * anybody noticing.
     */
    private void refuseReplica() {
        query("SELECT pg_catalog.current_setting('session_replication_role')", "beginning", row -> {
            if (!row.getString(1).equals("origin")) {
                throw new PgkeepException(
                        ErrorCode.REFUSED,
                        "this role has session_replication_role = " + row.getString(1)
                                + ", under which foreign keys are not checked; nothing was changed",
                        "ALTER ROLE … RESET session_replication_role (or ALTER DATABASE …), or use another role");
            }
        });
    }

    /** Lets only temporary tables be written from now on. */
    public void readOnly() {
        execute("SET TRANSACTION READ ONLY", "beginning");
    }

    public Connection connection() {
        return connection;
    }

    /**
     * Does something during which values become text that restores them exactly, and no row comes out of a view.
     * Afterwards settings are as the database has them for its application. After a failure nobody switches back: the
     * transaction is at its end.
     */
    public <T> T withExactFormat(Supplier<T> work) {
        if (format == Format.EXACT) {
            return work.get();
        }
        try {
            execute(SessionSettings.exact(), "choosing how values are written");
            format = Format.EXACT;
            T result = work.get();
            withUsualFormat();
            return result;
        } finally {
            format = format == Format.EXACT ? Format.UNKNOWN : format;
        }
    }

    /** Runs what has no result with values in their exact form. */
    public void withExactFormat(Runnable work) {
        withExactFormat(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Has values written outside of {@link #withExactFormat} from now on as the database has them for its application.
     */
    void withUsualFormat() {
        execute(SessionSettings.usual(true), "choosing how values are written");
        format = Format.USUAL;
    }

    /** Triggers, checks and defaults find names as they do for the application; our own are written with schemas. */
    public void application(Runnable change) {
        try (var lent = ApplicationPath.lend(connection)) {
            change.run();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "changing rows");
        }
    }

    /**
     * Runs a statement.
     *
     * @param during what for, for error messages
     * @return rows that it changed; 0 where it counts none
     */
    public long execute(String sql, String during) {
        try (Statement statement = statement()) {
            statement.execute(sql);
            return Math.max(0, statement.getLargeUpdateCount());
        } catch (SQLException e) {
            throw SqlErrors.translate(e, during);
        }
    }

    public void query(String sql, String during, Row taker) {
        try (Statement statement = statement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                taker.take(row);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, during);
        }
    }

    /** The one number that a query gives. */
    public long number(String sql, String during) {
        List<Long> numbers = new ArrayList<>();
        query(sql, during, row -> numbers.add(row.getLong(1)));
        return numbers.getFirst();
    }

    /** Rows of a query as lines of COPY, one at a time. */
    public void copyOut(String query, String during, Line taker) {
        new CopyLines(connection).out(query, during, taker);
    }

    /** Lines of COPY into a table. */
    public long copyIn(String into, String during, Lines lines) {
        return new CopyLines(connection).lines(into, during, lines);
    }

    /** Gives lines of rows, without their ends. */
    @FunctionalInterface
    public interface Source {
        void give(Line taker);
    }

    /** Lines into a table, as they are given. */
    public void copyFrom(String into, String during, Source giver) {
        new CopyLines(connection).given(into, during, giver);
    }

    /** @throws PgkeepException SERVER_LOST when nobody knows whether it took place */
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "committing");
        }
    }

    /** Ends a transaction and begins the next, in which temporary tables that were kept are still there. */
    public void next() {
        commit();
        execute("SET LOCAL lock_timeout = '10s'", "beginning");
        execute("SET LOCAL row_security = off", "beginning");
        if (format == Format.USUAL) {
            withUsualFormat();
        }
    }

    /** Ends the session; what was not committed did not happen. */
    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // The server rolls back what is lost.
        }
    }

    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }
}
