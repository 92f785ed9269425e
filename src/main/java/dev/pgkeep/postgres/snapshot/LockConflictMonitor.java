package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at our own sessions from outside, twice a second: how many rows of a table they have copied, and whether
 * another session waits for a lock that they hold. When one has waited for {@value #PATIENCE_MILLIS} ms, it is told.
 * The first look is half a second after the beginning: what is over by then needs no session for it.
 */
public final class LockConflictMonitor implements AutoCloseable {
    static final long PATIENCE_MILLIS = 1000;
    private static final long INTERVAL_MILLIS = 500;

    /** The question who waits for our locks: what a session waits for, a normal role may see in pg_locks only. */
    private static final String WAITING = """
            SELECT w.pid, coalesce(w.usename, ''), coalesce(nullif(left(regexp_replace(w.query, '\\s+', ' ', 'g'), 80), ''), 'a statement')
            FROM pg_stat_activity w
            WHERE w.pid IN (SELECT pid FROM pg_locks WHERE NOT granted)
              AND w.application_name IS DISTINCT FROM ?
              AND EXISTS (SELECT FROM unnest(pg_blocking_pids(w.pid)) b JOIN pg_stat_activity a ON a.pid = b
                          WHERE a.application_name = ?)
            ORDER BY w.pid LIMIT 1""";

    private static final String COPYING = """
            SELECT n.nspname, c.relname, p.tuples_processed
            FROM pg_stat_progress_copy p
            JOIN pg_stat_activity a ON a.pid = p.pid
            JOIN pg_class c ON c.oid = p.relid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE a.application_name = ?""";

    /** A table being copied right now, and its rows so far. */
    public record Copying(TableName table, long rows) {}

    /** A session that waits for us. */
    public record Waiting(int pid, String user, String query) {
        @Override
        public String toString() {
            return "“" + query + "” of " + (user.isEmpty() ? "another role" : user) + " (pid " + pid + ")";
        }
    }

    private final Supplier<Connection> opening;
    private final String application;
    private final Consumer<List<Copying>> onCopying;
    private final Consumer<Waiting> onWaiting;
    private final Thread thread;
    private volatile boolean ended;

    private LockConflictMonitor(
            Supplier<Connection> opening,
            String application,
            Consumer<List<Copying>> onCopying,
            Consumer<Waiting> onWaiting) {
        this.opening = opening;
        this.application = application;
        this.onCopying = onCopying;
        this.onWaiting = onWaiting;
        this.thread = Thread.ofPlatform().daemon().name("watch").start(this::work);
    }

    /**
     * Starts watching all sessions of an application name.
     *
     * @param onCopying receives what they are copying
     * @param onWaiting called once, when a session of somebody else waits for them
     */
    public static LockConflictMonitor start(
            Connector connector,
            Target target,
            String application,
            Consumer<List<Copying>> onCopying,
            Consumer<Waiting> onWaiting) {
        return new LockConflictMonitor(
                () -> connector.open(target, application + " watch"), application, onCopying, onWaiting);
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            Thread.sleep(INTERVAL_MILLIS);
            Connection connection = opened();
            try {
                watch(connection);
            } finally {
                SessionTermination.close(connection);
            }
        } catch (SQLException | InterruptedException e) {
            // The watch must not be what a backup fails of: when the server is gone, the dump itself says so.
        } catch (PgkeepException e) {
            // The run was interrupted.
        }
    }

    /** A server that has no connection free may have one later. */
    private Connection opened() throws InterruptedException {
        while (true) {
            try {
                return opening.get();
            } catch (PgkeepException e) {
                if (ended || e.code() == ErrorCode.INTERRUPTED) {
                    throw e;
                }
                Thread.sleep(INTERVAL_MILLIS);
            }
        }
    }

    private void watch(Connection connection) throws SQLException, InterruptedException {
        int patience = 0;
        while (!ended) {
            Optional<Waiting> waiting = waiting(connection);
            // Whoever it is: statements that come and go, each with a short timeout of its own, wait for us too.
            patience = waiting.isPresent() ? patience + 1 : 0;
            if (waiting.isPresent() && (patience - 1) * INTERVAL_MILLIS >= PATIENCE_MILLIS) {
                onWaiting.accept(waiting.get());
                return;
            }
            onCopying.accept(copying(connection));
            Thread.sleep(INTERVAL_MILLIS);
        }
    }

    private Optional<Waiting> waiting(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
            statement.setString(1, application);
            statement.setString(2, application);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Waiting(row.getInt(1), row.getString(2), row.getString(3)))
                        : Optional.empty();
            }
        }
    }

    private List<Copying> copying(Connection connection) throws SQLException {
        List<Copying> copying = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COPYING)) {
            statement.setString(1, application);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    copying.add(new Copying(new TableName(row.getString(1), row.getString(2)), row.getLong(3)));
                }
            }
        }
        return copying;
    }
}
