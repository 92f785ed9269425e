package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
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
        Optional<String> column = UnplannedColumn.find(connection, table);
        if (column.isPresent()) {
            return copied(connection, "COPY " + name + " (" + Sql.identifier(column.get()) + ") TO STDOUT");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM ONLY " + name)) {
            row.next();
            return row.getLong(1);
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
