package dev.pgkeep.postgres.copy;

import static java.util.Objects.requireNonNull;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of a test's database in a snapshot, locked, and a session that reads them. */
record Reading(TestDatabase database, Snapshot snapshot, List<CopyTable> tables, CopySession session)
        implements AutoCloseable {
    static final Connector CONNECTOR = new Connector();

    static Reading of(TestDatabase database) {
        Snapshot snapshot = Snapshot.take(CONNECTOR, database.target(), "test");
        List<CopyTable> tables =
                TableLocks.take(snapshot.connection(), CopyCatalog.read(snapshot.connection()), Duration.ofSeconds(5));
        return new Reading(
                database,
                snapshot,
                tables,
                CopySession.open(CONNECTOR, database.target(), "test", Optional.of(snapshot.id())));
    }

    CopyTable table(String name) {
        return tables.stream()
                .filter(table -> table.name().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no table " + name + " in " + tables));
    }

    /** All rows of all ranges. */
    List<byte[]> rows(CopyTable table) {
        var rows = new ArrayList<byte[]>();
        Ranges.extents(table).forEach(range -> rows.addAll(rows(table, range)));
        return rows;
    }

    List<byte[]> rows(CopyTable table, BlockRange range) {
        var rows = new ArrayList<byte[]>();
        new RangeReader(session).read(table, range, new Rows(rows, new ByteArrayOutputStream()));
        return rows;
    }

    /** Writes rows into a table of any database as a restore would. */
    long write(List<byte[]> rows, CopyTable table, TestDatabase into, TableName name) throws SQLException {
        try (Connection connection = writing(into)) {
            long written = write(rows, table, connection, name);
            connection.commit();
            return written;
        }
    }

    /** A connection in a transaction, ready for rows that are read here. */
    Connection writing(TestDatabase into) throws SQLException {
        Connection connection = CONNECTOR.open(into.target(), "test");
        connection.setAutoCommit(false);
        TableWriter.prepare(connection, session.encoding(), Optional.of("C"));
        return connection;
    }

    static long write(List<byte[]> rows, CopyTable table, Connection connection, TableName name) {
        try (TableWriter writer = TableWriter.open(connection, name, table.columnNames(), table.format())) {
            for (byte[] row : rows) {
                int half = row.length / 2;
                writer.write(row, 0, half);
                writer.write(row, half, row.length - half);
            }
            return writer.end();
        }
    }

    Map<TableName, RowHash> contents() {
        return new ContentReader(CONNECTOR, database.target(), "test", 2)
                .read(tables, snapshot.id(), new Cancellation());
    }

    RowHash content(String table) {
        return requireNonNull(contents().get(table(table).name()));
    }

    @Override
    public void close() {
        session.close();
        snapshot.close();
    }

    /** Collects rows, pieces put together. */
    private record Rows(List<byte[]> rows, ByteArrayOutputStream wide) implements RowConsumer {
        @Override
        public void row(byte[] bytes, int offset, int length) {
            wide.write(bytes, offset, length);
            end();
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, boolean last) {
            wide.write(bytes, offset, length);
            if (last) {
                end();
            }
        }

        private void end() {
            rows.add(wide.toByteArray());
            wide.reset();
        }
    }
}
