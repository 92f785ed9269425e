package dev.pgkeep.postgres.copy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.snapshot.LockHolders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds tables as they were when the snapshot was taken. */
public final class TableLocks {
    private static final int BATCH = 200;

    /**
     * The lock came after the snapshot: meanwhile the name may have gone to another table or a view, or the rows
     * elsewhere. A view has no file, not even one that was a table before.
     */
    private static final String CHANGED = """
            SELECT t.name FROM unnest(?::bigint[], ?::bigint[], ?::text[]) AS t(id, node, name)
            WHERE to_regclass(t.name)::oid IS DISTINCT FROM t.id::oid
               OR pg_relation_filenode(t.id::oid) IS DISTINCT FROM t.node::oid
            LIMIT 1""";

    private final Connection connection;
    private final Statement statement;
    private final Duration lockTimeout;

    private TableLocks(Connection connection, Statement statement, Duration lockTimeout) {
        this.connection = connection;
        this.statement = statement;
        this.lockTimeout = lockTimeout;
    }

    /**
     * Takes ACCESS SHARE on all tables, to the end of the connection's transaction (which should be the one that holds
     * the snapshot), then checks that none was rewritten, truncated or replaced since the snapshot, and measures them:
     * before, sizes could only be guessed for what somebody else has locked.
     *
     * @param lockTimeout how long to wait for one table
     * @return the tables with their sizes, largest first
     * @throws PgkeepException LOCK_BUSY naming the table, when it is locked or was changed: begin again with a new
     *     snapshot
     */
    public static List<CopyTable> take(Connection connection, List<CopyTable> tables, Duration lockTimeout) {
        try (Statement statement = connection.createStatement()) {
            var locks = new TableLocks(connection, statement, lockTimeout);
            List<CopyTable> measured = new ArrayList<>();
            String before = locks.setTimeout(lockTimeout.toMillis() + "ms");
            for (int i = 0; i < tables.size(); i += BATCH) {
                List<CopyTable> batch = tables.subList(i, Math.min(i + BATCH, tables.size()));
                locks.takeAll(batch);
                locks.checkUnchanged(batch);
                measured.addAll(CopyCatalog.measure(connection, batch));
            }
            locks.setTimeout(before);
            return CopyCatalog.largestFirst(measured);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "locking the tables");
        }
    }

    private String setTimeout(String value) throws SQLException {
        String before;
        try (ResultSet row = statement.executeQuery("SHOW lock_timeout")) {
            row.next();
            before = row.getString(1);
        }
        statement.execute("SET LOCAL lock_timeout = " + Sql.literal(value));
        return before;
    }

    private void takeAll(List<CopyTable> tables) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            lock(tables);
            connection.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            // The server does not say which table it was.
            connection.rollback(savepoint);
            for (CopyTable table : tables) {
                takeOne(table);
            }
        }
    }

    private void takeOne(CopyTable table) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            lock(List.of(table));
            connection.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            connection.rollback(savepoint);
            throw explain(e, table);
        }
    }

    private void lock(List<CopyTable> tables) throws SQLException {
        statement.execute(tables.stream()
                .map(table -> "ONLY " + quoted(table))
                .collect(Collectors.joining(", ", "LOCK TABLE ", " IN ACCESS SHARE MODE")));
    }

    private void checkUnchanged(List<CopyTable> tables) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(CHANGED)) {
            query.setArray(1, array("bigint", tables.stream().map(CopyTable::oid)));
            query.setArray(2, array("bigint", tables.stream().map(CopyTable::fileNode)));
            query.setArray(3, array("text", tables.stream().map(TableLocks::plainlyQuoted)));
            String changed = first(query);
            if (changed != null) {
                throw changed(tables.stream()
                        .filter(table -> plainlyQuoted(table).equals(changed))
                        .findFirst()
                        .orElseThrow());
            }
        }
    }

    private java.sql.Array array(String type, java.util.stream.Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    private static @Nullable String first(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private PgkeepException explain(SQLException failure, CopyTable table) {
        String during = "locking " + table.name();
        return switch (String.valueOf(failure.getSQLState())) {
            case "42P01", "3F000" -> changed(table);
            case "53200" ->
                new PgkeepException(
                        ErrorCode.SQL_FAILED,
                        SqlErrors.translate(failure, during).getMessage(),
                        "a lock for every table has no room: raise max_locks_per_transaction and restart the server",
                        failure);
            case "55P03" -> {
                PgkeepException busy = SqlErrors.translate(failure, during);
                Optional<String> holder = LockHolders.describe(connection);
                yield new PgkeepException(
                        ErrorCode.LOCK_BUSY,
                        "the table " + table.name() + " could not be locked within " + lockTimeout.toMillis() + " ms"
                                + holder.map(who -> ": " + who).orElse(""),
                        busy.hint(),
                        failure);
            }
            default -> SqlErrors.translate(failure, during);
        };
    }

    private static PgkeepException changed(CopyTable table) {
        return new PgkeepException(
                ErrorCode.LOCK_BUSY,
                "the table " + table.name() + " was truncated, rewritten or replaced while the backup began",
                "run the backup again when the change is done");
    }

    private String quoted(CopyTable table) {
        return SessionEncoding.identifier(
                connection, table.name().schema(), table.name().name());
    }

    private static String plainlyQuoted(CopyTable table) {
        return Sql.identifier(table.name().schema(), table.name().name());
    }
}
