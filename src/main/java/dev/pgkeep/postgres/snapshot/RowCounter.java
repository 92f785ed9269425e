package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.ExtensionRows;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows in a snapshot, in a session and a thread of its own, in the order in which tables are handed in: pg_dump
 * says what it is about to dump, and the pages it reads are counted while they are in memory. Transactions are short,
 * so that the locks on indexes that a count takes do not pile up.
 */
public final class RowCounter implements AutoCloseable {
    private static final int TABLES_PER_TRANSACTION = 100;
    private static final Optional<TableName> END = Optional.empty();

    private final Supplier<Connection> opening;
    private final Snapshot snapshot;
    private final Thread thread;
    private final BlockingQueue<Optional<TableName>> queue = new LinkedBlockingQueue<>();
    private final Map<TableName, Long> counts = new TreeMap<>();
    private final Cancellation.Registration registration;
    private volatile @Nullable Connection opened;
    private volatile boolean aborted;
    private volatile @Nullable PgkeepException failure;

    private RowCounter(Supplier<Connection> opening, Snapshot snapshot, Cancellation cancellation) {
        this.opening = opening;
        this.snapshot = snapshot;
        this.registration = cancellation.onCancel(this::abort);
        this.thread = Thread.ofPlatform().daemon().name("row-counter").start(this::work);
    }

    /**
     * Starts counting; hand in tables with {@link #count}, then ask for the {@link #result}. A session is opened for
     * the first table.
     */
    public static RowCounter start(
            Connector connector, Target target, Snapshot snapshot, String application, Cancellation cancellation) {
        return new RowCounter(() -> connector.open(target, application), snapshot, cancellation);
    }

    /** Queues a table. It must be locked by the dump already. */
    public void count(TableName table) {
        queue.add(Optional.of(table));
    }

    /**
     * Waits for all queued tables.
     *
     * @throws PgkeepException LOCK_BUSY when a table was rewritten after the snapshot; otherwise what the server said
     */
    public Map<TableName, Long> result() {
        queue.add(END);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
        PgkeepException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return counts;
    }

    @Override
    public void close() {
        queue.clear();
        queue.add(END);
        registration.close();
        Connection connection = opened;
        if (thread.isAlive()) {
            abort();
        } else if (connection != null) {
            SessionTermination.close(connection);
        }
    }

    private void abort() {
        aborted = true;
        Connection connection = opened;
        if (connection != null) {
            SessionTermination.abort(connection);
        }
    }

    private Connection open() throws SQLException {
        Connection connection = opening.get();
        opened = connection;
        if (aborted) {
            SessionTermination.abort(connection);
        }
        connection.setAutoCommit(false);
        return connection;
    }

    private void work() {
        TableName current = null;
        Connection connection = null;
        try {
            int inTransaction = TABLES_PER_TRANSACTION;
            ExtensionRows extensions = ExtensionRows.NONE;
            for (Optional<TableName> next = queue.take(); next.isPresent(); next = queue.take()) {
                current = next.get();
                connection = connection == null ? open() : connection;
                if (inTransaction++ >= TABLES_PER_TRANSACTION) {
                    extensions = begin(connection);
                    inTransaction = 1;
                }
                if (!counts.containsKey(current)) {
                    counts.put(current, countRows(connection, current, extensions));
                }
            }
        } catch (SQLException e) {
            failure = SqlErrors.translate(e, "counting the rows of " + current);
        } catch (PgkeepException e) {
            failure = e;
        } catch (InterruptedException e) {
            failure = Cancellation.interrupted();
        }
    }

    private ExtensionRows begin(Connection connection) throws SQLException {
        connection.rollback();
        try (Statement statement = connection.createStatement()) {
            Sessions.begin(statement);
            statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot.id() + "'");
        }
        return ExtensionRows.of(connection);
    }

    private long countRows(Connection connection, TableName table, ExtensionRows extensions) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String name = Sql.identifier(table.schema(), table.name());
            lock(statement, name, table);
            checkUnchanged(connection, table, name);
            return extensions.isSome(table) ? extensions.count(connection, table) : TableCount.of(connection, table);
        }
    }

    /** Locks a table by its name: what has that now keeps it from here on. */
    private static void lock(Statement statement, String name, TableName table) throws SQLException {
        try {
            statement.execute("LOCK TABLE ONLY " + name + " IN ACCESS SHARE MODE");
        } catch (SQLException e) {
            if ("42P01 3F000 42809".contains(String.valueOf(e.getSQLState()))) {
                throw changed(table);
            }
            throw e;
        }
    }

    /**
     * Checks that a name is that of the snapshot's table, not of another one or a view, and that its rows are where
     * they were.
     */
    private static void checkUnchanged(Connection connection, TableName table, String name) throws SQLException {
        String sql = """
                SELECT c.relfilenode = pg_relation_filenode(c.oid) AND to_regclass(?)::oid = c.oid
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ? AND c.relkind = 'r'""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.setString(2, table.schema());
            statement.setString(3, table.name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    throw changed(table);
                }
            }
        }
    }

    private static PgkeepException changed(TableName table) {
        return new PgkeepException(
                ErrorCode.LOCK_BUSY,
                "the table " + table + " was truncated, rewritten, dropped or replaced while the backup began",
                "run the backup again when the change is done");
    }
}
