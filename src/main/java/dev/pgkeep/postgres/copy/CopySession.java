package dev.pgkeep.postgres.copy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.TablesOnly;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/**
 * A session that reads rows: read-only, in one snapshot, with settings under which a range of blocks is read by just
 * these blocks, and text comes in the database's own encoding. That values print the same everywhere is so in every
 * session of ours, see {@link SessionSettings}.
 */
public final class CopySession implements AutoCloseable {
    private static final String POOLER_HINT =
            "a connection pooler or load balancer in between breaks this: give a direct connection in DIRECT_URL";

    /** Settings that end with the transaction, so that a pooler hands them on to nobody. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("row_security", "off"),
            // Only a scan by TID reads just the blocks that are asked for, in their order.
            Map.entry("enable_tidscan", "on"),
            Map.entry("enable_seqscan", "off"),
            Map.entry("enable_indexscan", "off"),
            Map.entry("enable_indexonlyscan", "off"),
            Map.entry("enable_bitmapscan", "off"),
            Map.entry("max_parallel_workers_per_gather", "0"),
            Map.entry("synchronize_seqscans", "off"));

    private final Connection connection;
    private final String encoding;

    private CopySession(Connection connection, String encoding) {
        this.connection = connection;
        this.encoding = encoding;
    }

    /**
     * Opens a session.
     *
     * @param application name under which the session appears on the server
     * @param snapshot id of an exported snapshot whose session is still open; without it the session takes its own
     * @throws PgkeepException as {@link Connector#open}; SERVER_UNSUPPORTED where a pooler is in between that breaks
     *     sessions
     */
    public static CopySession open(Connector connector, Target target, String application, Optional<String> snapshot) {
        return begin(connector, target, application, connection -> inTransaction(connection, snapshot));
    }

    /**
     * Opens a session in which every statement is a transaction of its own, so that no lock outlives a range: for
     * tables that nobody changes.
     *
     * @param application name under which the session appears on the server
     * @throws PgkeepException as {@link #open(Connector, Target, String, Optional)}
     */
    public static CopySession openForSettledTables(Connector connector, Target target, String application) {
        return begin(connector, target, application, CopySession::settled);
    }

    private static CopySession begin(Connector connector, Target target, String application, Beginning beginning) {
        Connection connection = connector.open(target, application);
        try {
            return beginning.of(connection);
        } catch (SQLException e) {
            SessionTermination.close(connection);
            throw SqlErrors.translate(e, "beginning to read " + target.database());
        } catch (PgkeepException e) {
            SessionTermination.close(connection);
            throw e;
        }
    }

    /** The first words on a new connection. */
    private interface Beginning {
        CopySession of(Connection connection) throws SQLException;
    }

    private static CopySession settled(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return prepared(connection, statement, "SET ");
        }
    }

    private static CopySession inTransaction(Connection connection, Optional<String> snapshot) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            if (snapshot.isPresent()) {
                importSnapshot(statement, snapshot.get());
            }
            return prepared(connection, statement, "SET LOCAL ");
        }
    }

    private static CopySession prepared(Connection connection, Statement statement, String set) throws SQLException {
        for (var setting : SETTINGS.entrySet()) {
            statement.execute(set + setting.getKey() + " = " + setting.getValue());
        }
        if (connection.getAutoCommit()) {
            TablesOnly.always(connection);
        } else {
            TablesOnly.inTransaction(connection);
        }
        String encoding = ask(statement, "SHOW server_encoding");
        SessionEncoding.use(connection, encoding);
        check(statement, encoding);
        return new CopySession(connection, encoding);
    }

    private static void importSnapshot(Statement statement, String id) throws SQLException {
        try {
            statement.execute("SET TRANSACTION SNAPSHOT " + Sql.literal(id));
        } catch (SQLException e) {
            if (!"22023 42704 55000".contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            throw new PgkeepException(
                    ErrorCode.SERVER_UNSUPPORTED,
                    SqlErrors.translate(e, "the snapshot cannot be used on a second connection")
                            .getMessage(),
                    POOLER_HINT,
                    e);
        }
    }

    /**
     * Checks that what was set still holds, on the same server process: a pooler may pass every statement to another
     * one.
     */
    private static void check(Statement statement, String encoding) throws SQLException {
        String state = "SELECT concat_ws(' ', pg_backend_pid(), current_setting('transaction_isolation'),"
                + " current_setting('row_security'), current_setting('enable_seqscan'),"
                + " current_setting('client_encoding'))";
        String first = ask(statement, state);
        String second = ask(statement, state);
        if (!first.equals(second) || !first.endsWith(" repeatable read off off " + encoding)) {
            throw new PgkeepException(
                    ErrorCode.SERVER_UNSUPPORTED, "the server does not keep the settings of a session", POOLER_HINT);
        }
    }

    /**
     * Has a session of somebody else read ranges of blocks by just these blocks, or as it usually does, to the end of
     * its transaction.
     */
    public static void readByBlocks(Connection connection, boolean blocks) {
        try (Statement statement = connection.createStatement()) {
            for (var setting : SETTINGS.entrySet()) {
                if (setting.getKey().startsWith("enable_")) {
                    statement.execute(
                            "SET LOCAL " + setting.getKey() + " = " + (blocks ? setting.getValue() : "DEFAULT"));
                }
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "choosing how rows are read");
        }
    }

    private static String ask(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * This session where money is to print as it did in another one.
     *
     * @param locale its {@code lc_monetary}; empty for that of role and database
     * @throws PgkeepException SERVER_UNSUPPORTED when the server does not have it; the session is closed then
     */
    public CopySession withMoney(Optional<String> locale) {
        try {
            SessionSettings.money(connection, locale);
            return this;
        } catch (PgkeepException e) {
            close();
            throw e;
        }
    }

    /** The connection in its transaction. Names in results are garbled when the database's encoding is not UTF8. */
    public Connection connection() {
        return connection;
    }

    /** Encoding of the database, as the server spells it: what {@link SessionEncoding} takes when rows go back. */
    public String encoding() {
        return encoding;
    }

    /** Ends the session from another thread, with what it is just doing; does not wait. */
    public void abort() {
        SessionTermination.abort(connection);
    }

    @Override
    public void close() {
        SessionTermination.close(connection);
    }
}
