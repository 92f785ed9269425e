package dev.pgkeep.postgres.swap;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.DatabaseSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One attempt to swap: the transaction in a session of its own, while this thread ends whoever is in the databases. */
final class SwapAttempt {
    private static final long LOOK_MILLIS = 5;
    private static final int LINE_TIMEOUT_MILLIS = 20_000;
    private static final String LOCKED = """
            select 1 from pg_locks where pid = ? and locktype = 'object' and classid = 'pg_database'::regclass
            and objid = ?::oid and mode = 'AccessExclusiveLock' and granted""";
    private static final String END = "select pg_terminate_backend(?)";

    private final Connection beside;
    private final DatabaseSwapSql sql;
    private final long present;
    private final long successor;
    private final Set<Integer> ended = new HashSet<>();
    private final Set<String> inTheWay = new TreeSet<>();
    private Duration closed = Duration.ZERO;
    private int pid;

    /** @param beside a session from which others are ended */
    SwapAttempt(Connection beside, DatabaseSwapSql sql, long present, long successor) {
        this.beside = beside;
        this.sql = sql;
        this.present = present;
        this.successor = successor;
    }

    /** The time that nobody could connect. */
    Duration closed() {
        return closed;
    }

    /** Sessions that were ended. */
    int ended() {
        return ended.size();
    }

    /** Sessions that could not be ended, for people. */
    List<String> inTheWay() {
        return List.copyOf(inTheWay);
    }

    /** The server's process that renames; 0 before it was asked. */
    int pid() {
        return pid;
    }

    void run(Connection renaming) throws SQLException {
        try {
            beside.setNetworkTimeout(Runnable::run, LINE_TIMEOUT_MILLIS);
            renaming.setNetworkTimeout(Runnable::run, LINE_TIMEOUT_MILLIS);
            pid = pid(renaming);
            for (String each : DatabaseSwapSql.LIMITS) {
                execute(renaming, each);
            }
            renameEmptied(renaming, sql.setAside(), successor);
            long start = System.nanoTime();
            try {
                renameEmptied(renaming, sql.swap(), present);
            } finally {
                closed = Duration.ofNanos(System.nanoTime() - start);
            }
            beside.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException e) {
            rollBack(renaming, e);
            throw e;
        }
    }

    /** Whether nobody knows how it ended. */
    static boolean isLost(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    /**
     * Whether a failure may go better a moment later: somebody is in the database, holds a lock, or changes its
     * settings.
     */
    static boolean isPassing(SQLException failure) {
        return switch (String.valueOf(failure.getSQLState())) {
            case "55006", "55P03", "57014", "40P01", "40001", "XX000" -> true;
            default -> false;
        };
    }

    private void renameEmptied(Connection renaming, String statements, long database) throws SQLException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            execute(renaming, statements);
            return null;
        });
        Thread.ofVirtual().name("rename").start(task);
        boolean locked = false;
        boolean lineBroken = false;
        while (!isDone(task)) {
            try {
                // Not before: whom we end comes back at once, and is to wait then.
                locked = locked || !lineBroken && isLocked(database);
                if (locked && !lineBroken) {
                    endSessions(database);
                }
            } catch (SQLException e) {
                // What becomes of the renaming is all that counts now; it does not take long.
                lineBroken = true;
            }
        }
    }

    private static boolean isDone(FutureTask<Void> task) throws SQLException {
        try {
            task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "57014", e);
        }
    }

    private void endSessions(long database) throws SQLException {
        inTheWay.clear();
        try {
            for (DatabaseSession session : new Catalog(beside).sessions(database)) {
                if (!session.mayEnd() || !end(session.pid())) {
                    inTheWay.add(session.describe());
                }
            }
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.RIGHTS_MISSING) {
                return;
            }
            throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
        }
    }

    private boolean end(int session) throws SQLException {
        if (ended.contains(session)) {
            return true;
        }
        try (PreparedStatement statement = beside.prepareStatement(END)) {
            statement.setInt(1, session);
            statement.execute();
            ended.add(session);
            return true;
        } catch (SQLException e) {
            if ("42501".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private boolean isLocked(long database) throws SQLException {
        try (PreparedStatement statement = beside.prepareStatement(LOCKED)) {
            statement.setInt(1, pid);
            statement.setString(2, Long.toString(database));
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static void rollBack(Connection renaming, SQLException failure) {
        if (isLost(failure)) {
            return;
        }
        try {
            execute(renaming, "ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
