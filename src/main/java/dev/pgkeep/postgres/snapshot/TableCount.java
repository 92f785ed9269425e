package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Counts the rows of a table, without those of its children, such that no code of its owner runs. */
public final class TableCount {
    private TableCount() {}

    /** Counts what the session's transaction sees. */
    public static long of(Connection connection, TableName table) throws SQLException {
        String name = Sql.identifier(table.schema(), table.name());
        Optional<UnplannedColumn> column = UnplannedColumn.find(connection, table);
        if (column.isEmpty()) {
            return queried(connection, name);
        }
        String copy = "COPY " + name + " (" + Sql.identifier(column.get().name()) + ") TO STDOUT";
        return column.get().stranger() ? copied(connection, copy) : queried(connection, name, copy);
    }

    /** Whether the session's transaction sees a row. */
    public static boolean any(Connection connection, TableName table) throws SQLException {
        if (UnplannedColumn.find(connection, table).isPresent()) {
            return of(connection, table) > 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT EXISTS (SELECT FROM ONLY " + Sql.identifier(table.schema(), table.name()) + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static long queried(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM ONLY " + name)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A function of an index that names others by the search path of the database is not found by ours. */
    private static long queried(Connection connection, String name, String copy) throws SQLException {
        Savepoint before = connection.getAutoCommit() ? null : connection.setSavepoint();
        try {
            long rows = queried(connection, name);
            if (before != null) {
                connection.releaseSavepoint(before);
            }
            return rows;
        } catch (SQLException e) {
            if (!SqlErrors.isOfStatement(e)) {
                throw e;
            }
            if (before != null) {
                connection.rollback(before);
            }
            return copied(connection, copy);
        }
    }

    /** Every row is a message of its own. */
    private static long copied(Connection connection, String sql) throws SQLException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        try {
            long rows = 0;
            while (copy.readFromCopy() != null) {
                rows++;
            }
            return rows;
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
