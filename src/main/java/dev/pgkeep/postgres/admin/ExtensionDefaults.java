package dev.pgkeep.postgres.admin;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.ExtensionRows;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;

/**
 * Rows that {@code CREATE EXTENSION} has just put into its tables, of those that a backup holds itself: somebody may
 * have deleted or changed them since, and what is still there would come twice.
 */
public final class ExtensionDefaults {
    /** Nothing of the extension shall follow upon that: its keys would delete more, where they cascade. */
    private static final String SILENTLY = "SELECT pg_catalog.set_config('session_replication_role', 'replica', true)"
            + " FROM pg_catalog.pg_roles WHERE rolname = current_user AND rolsuper";

    private static final String AGAIN = "SELECT pg_catalog.set_config('session_replication_role', 'origin', true)"
            + " FROM pg_catalog.pg_roles WHERE rolname = current_user AND rolsuper";

    private ExtensionDefaults() {}

    /**
     * Removes them, in a transaction of its own.
     *
     * @param connection to the database that is loaded, outside of any transaction
     * @param tables whose rows will come from the backup, of extensions or not
     * @throws PgkeepException what the server said
     */
    public static void remove(Connection connection, Collection<TableName> tables) {
        try {
            connection.setAutoCommit(false);
            removeInTransaction(connection, tables);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "making room for the rows of extensions");
        }
    }

    /** Removes them in the transaction of the caller, who ends it. */
    public static void removeInTransaction(Connection connection, Collection<TableName> tables) {
        ExtensionRows rows = ExtensionRows.of(connection);
        if (tables.stream().noneMatch(rows::has)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(SILENTLY);
            for (TableName table : tables) {
                // Where there are none, no right to delete is needed.
                if (rows.has(table) && rows.count(connection, table) > 0) {
                    statement.execute(rows.delete(table));
                }
            }
            statement.execute(AGAIN);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "making room for the rows of extensions");
        }
    }
}
