package dev.pgkeep.operation.guard;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.guard.DatabaseState.RowCount;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.TablesOnly;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.migrations.MigrationHistory;
import dev.pgkeep.postgres.schema.SchemaReader;
import dev.pgkeep.postgres.snapshot.TableCount;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at a database: schema, migrations, rows. */
final class DatabaseStateReader {
    /** The bytes that are read at most to count rows; what is left then is estimated. */
    private static final long READ_AT_MOST = 4L << 30;

    private static final String SEQUENCES = """
            select quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value
            from pg_sequences
            where last_value is not null""";

    private final Connector connector;
    private final Optional<String> migrationsQuery;
    private final Cancellation cancellation;

    DatabaseStateReader(Connector connector, Optional<String> migrationsQuery, Cancellation cancellation) {
        this.connector = connector;
        this.migrationsQuery = migrationsQuery;
        this.cancellation = cancellation;
    }

    /** The state without the rows, which a backup counts anyway. */
    DatabaseState without(Target target) {
        return look(target, false);
    }

    /** The whole state, rows included. */
    DatabaseState whole(Target target) {
        return look(target, true);
    }

    private DatabaseState look(Target target, boolean rows) {
        try (Connection connection = connector.open(target, "pgkeep");
                var registration = cancellation.onCancel(() -> SessionTermination.abort(connection))) {
            try (Statement statement = connection.createStatement()) {
                // What a hanging session still holds is not waited for.
                statement.execute("SET lock_timeout = '5s'");
            }
            return new DatabaseState(
                    SchemaReader.read(connection),
                    MigrationHistory.readAll(connection, migrationsQuery),
                    rows ? count(connection) : new TreeMap<>(),
                    sequences(connection),
                    new Catalog(connection).properties(target.database()).orElseThrow());
        } catch (SQLException e) {
            cancellation.check();
            throw SqlErrors.translate(e, "looking at " + target.database());
        } catch (PgkeepException e) {
            cancellation.check();
            throw e;
        }
    }

    /** Small tables first, so that as many as possible are counted. */
    private SortedMap<TableName, RowCount> count(Connection connection) throws SQLException {
        SortedMap<TableName, RowCount> counts = new TreeMap<>();
        List<TableInfo> tables = new Catalog(connection)
                .tables().stream()
                        .filter(table -> table.kind().storesRows() && table.readable())
                        .sorted(Comparator.comparingLong(TableInfo::bytes))
                        .toList();
        long read = 0;
        try (var tablesOnly = TablesOnly.in(connection)) {
            for (TableInfo table : tables) {
                read += table.bytes();
                RowCount count = read <= READ_AT_MOST && !table.rowsHidden()
                        ? new RowCount(TableCount.of(connection, table.name()), true)
                        : new RowCount(Math.max(0, table.estimatedRows()), false);
                counts.merge(table.partitionOf().orElse(table.name()), count, RowCount::plus);
            }
        }
        return counts;
    }

    private static SortedMap<String, Long> sequences(Connection connection) throws SQLException {
        SortedMap<String, Long> values = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SEQUENCES)) {
            while (row.next()) {
                values.put(row.getString(1), row.getLong(2));
            }
        }
        return values;
    }
}
