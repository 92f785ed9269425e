package dev.pgkeep.postgres.migrations;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.OthersCode;
import dev.pgkeep.postgres.connect.ApplicationPath;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.SqlResource;
import dev.pgkeep.postgres.connect.TablesOnly;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what migration tools have written down about a database. */
public final class MigrationHistory {
    private final Connection connection;

    private MigrationHistory(Connection connection) {
        this.connection = connection;
    }

    /**
     * Whether a table of this name keeps what a migration tool has applied, or what Rails says of its environment: rows
     * that a dump of the schema alone has, too.
     */
    public static boolean isHistory(String table) {
        String name = table.toLowerCase(Locale.ROOT);
        return name.equals("ar_internal_metadata")
                || Recogniser.ALL.stream().anyMatch(tool -> tool.table().equals(name));
    }

    /** The main history: see {@link #readAll}. */
    public static Optional<AppliedMigrations> read(Connection connection, Optional<String> configuredQuery) {
        return readAll(connection, configuredQuery).stream().findFirst();
    }

    /**
     * Every history found, the main one first: the user's own query, then by tool, then the search path before other
     * schemas. A tool with tables in several schemas (tenants) is there several times. Tables that the role may not
     * read are left out.
     *
     * @param configuredQuery returns one row: how many are applied and, if it has a second column, the newest
     * @throws PgkeepException CONFIG_INVALID when the user's query fails, else what the connection says
     */
    public static List<AppliedMigrations> readAll(Connection connection, Optional<String> configuredQuery) {
        var history = new MigrationHistory(connection);
        var found = new ArrayList<AppliedMigrations>();
        configuredQuery
                .filter(query -> !query.isBlank())
                .map(history::configured)
                .ifPresent(found::add);
        try (var tablesOnly = TablesOnly.in(connection)) {
            List<HistoryTable> tables = history.candidates();
            for (Recogniser recogniser : Recogniser.ALL) {
                for (HistoryTable table : tables) {
                    if (recogniser.recognises(table)) {
                        found.add(history.ask(recogniser, table));
                    }
                }
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "reading the applied migrations");
        }
        return List.copyOf(found);
    }

    private List<HistoryTable> candidates() throws SQLException {
        String[] names =
                Recogniser.ALL.stream().map(Recogniser::table).distinct().toArray(String[]::new);
        try (var statement = connection.prepareStatement(SqlResource.text(MigrationHistory.class, "candidates"))) {
            statement.setArray(1, connection.createArrayOf("text", names));
            statement.setArray(2, connection.createArrayOf("text", applicationSchemas()));
            var tables = new ArrayList<HistoryTable>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(HistoryTable.of(rows));
                }
            }
            return tables;
        }
    }

    private String[] applicationSchemas() throws SQLException {
        try (var lent = ApplicationPath.lend(connection);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.current_schemas(false)")) {
            row.next();
            return (String[]) row.getArray(1).getArray();
        }
    }

    private AppliedMigrations ask(Recogniser recogniser, HistoryTable table) throws SQLException {
        String sql = SqlResource.text(MigrationHistory.class, recogniser.file())
                .replace("{table}", table.asValues(recogniser.columns()));
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new AppliedMigrations(
                    recogniser.tool(), table.schema(), row.getInt(1), text(row.getString(2)), text(row.getString(3)));
        }
    }

    private AppliedMigrations configured(String query) {
        checked(query);
        try (var lent = ApplicationPath.afterTheSystem(connection);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw invalid("returns no row", null);
            }
            boolean hasHead = row.getMetaData().getColumnCount() > 1;
            Optional<String> head = hasHead ? text(row.getString(2)) : Optional.empty();
            return new AppliedMigrations("configured", "", row.getInt(1), head, Optional.empty());
        } catch (SQLException e) {
            throw invalid(
                    "fails: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    /**
     * Refuses a query that would run code of others. Where no view can be made, as in the snapshot of a backup, that
     * was done when the backup was planned, and on a standby nobody can make what it would find.
     */
    private void checked(String query) {
        try {
            boolean alone = connection.getAutoCommit();
            if (!alone || connection.isReadOnly() || !mayMakeViews()) {
                return;
            }
            connection.setAutoCommit(false);
            try {
                makeView(query);
                OthersCode.refuse(connection, "pg_temp.pgkeep_migrations", query, "the configured migration query");
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw invalid(
                    "fails: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private void makeView(String query) throws SQLException {
        try (var lent = ApplicationPath.afterTheSystem(connection);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY VIEW pgkeep_migrations AS SELECT 1 AS one FROM (\n" + query
                    + "\n) AS configured");
        }
    }

    private boolean mayMakeViews() throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT NOT pg_catalog.pg_is_in_recovery() AND"
                        + " pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY') AND"
                        + " NOT pg_catalog.current_setting('transaction_read_only')::pg_catalog.bool")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static PgkeepException invalid(String what, @Nullable Exception cause) {
        return new PgkeepException(
                ErrorCode.CONFIG_INVALID,
                "the configured migration query " + what,
                "it must return one row: the number of applied migrations, and the newest one",
                cause);
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value);
    }
}
