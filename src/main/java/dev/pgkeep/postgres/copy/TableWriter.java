package dev.pgkeep.postgres.copy;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows into a table by one COPY. Transactions are the caller's, and so is the session: it must be
 * {@linkplain #prepare prepared}.
 */
public final class TableWriter implements AutoCloseable {
    private static final List<String> SETTINGS = List.of("lock_timeout = 0", "row_security = off");

    private static final int MESSAGE = 64 << 10;
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final byte[] TRAILER = {-1, -1};

    private final TableName table;
    private final RowFormat format;
    private final CopyIn copy;
    private final byte[] message = new byte[MESSAGE];
    private int filled;

    private TableWriter(TableName table, RowFormat format, CopyIn copy) {
        this.table = table;
        this.format = format;
        this.copy = copy;
    }

    /**
     * Sets what the meaning of rows depends on beside the settings that all sessions of ours have: encoding, no
     * timeouts, and how money is read. To the end of the transaction, or of the session in autocommit mode.
     *
     * @param encoding of the database that the rows came from
     * @param moneyLocale {@code lc_monetary} under which their money was printed; empty where nobody knows
     */
    public static void prepare(Connection connection, String encoding, Optional<String> moneyLocale) {
        try (Statement statement = connection.createStatement()) {
            String set = connection.getAutoCommit() ? "SET " : "SET LOCAL ";
            for (String setting : SETTINGS) {
                statement.execute(set + setting);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "preparing to write rows");
        }
        SessionSettings.money(connection, moneyLocale);
        SessionEncoding.use(connection, encoding);
    }

    /**
     * Begins a COPY.
     *
     * @param columns in the order of the fields; empty for a table without columns to copy
     * @throws PgkeepException what the server says, naming the table
     */
    public static TableWriter open(Connection connection, TableName table, List<String> columns, RowFormat format) {
        return open(connection, table, columns, format, "");
    }

    /**
     * Begins a COPY into a table that nobody else has seen or written to yet: it is emptied first, and its rows are
     * written as old ones, which nobody who reads them has to look up, or to mark, any more. In a transaction of the
     * caller's, and only into a table itself, not through the root of its partitions.
     *
     * @param columns as for {@link #open}
     */
    public static TableWriter openFrozen(
            Connection connection, TableName table, List<String> columns, RowFormat format) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE ONLY " + SessionEncoding.identifier(connection, table.schema(), table.name()));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "writing " + table);
        }
        return open(connection, table, columns, format, ", FREEZE");
    }

    private static TableWriter open(
            Connection connection, TableName table, List<String> columns, RowFormat format, String options) {
        String list = columns.isEmpty()
                ? ""
                : columns.stream()
                        .map(column -> SessionEncoding.identifier(connection, column))
                        .collect(Collectors.joining(", ", " (", ")"));
        String sql = "COPY " + SessionEncoding.identifier(connection, table.schema(), table.name()) + list
                + " FROM STDIN (FORMAT " + format.word() + options + ")";
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            var writer = new TableWriter(table, format, copy);
            if (format == RowFormat.BINARY) {
                writer.write(HEADER, 0, HEADER.length);
            }
            return writer;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "writing " + table);
        }
    }

    /** Bytes of rows as {@link RangeReader} gave them, cut anywhere. */
    public void write(byte[] bytes, int offset, int length) {
        try {
            if (length > message.length - filled) {
                flush();
            }
            if (length >= message.length) {
                send(bytes, offset, length);
            } else {
                System.arraycopy(bytes, offset, message, filled, length);
                filled += length;
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "writing " + table);
        }
    }

    /** Ends the COPY. @return rows written */
    public long end() {
        if (format == RowFormat.BINARY) {
            write(TRAILER, 0, TRAILER.length);
        }
        try {
            flush();
            return copy.endCopy();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "writing " + table);
        }
    }

    private void flush() throws SQLException {
        send(message, 0, filled);
        filled = 0;
    }

    private void send(byte[] bytes, int offset, int length) throws SQLException {
        for (int done = 0; done < length; done += MESSAGE) {
            copy.writeToCopy(bytes, offset + done, Math.min(MESSAGE, length - done));
        }
    }

    /** Ends the COPY without keeping its rows; the transaction is then failed. Harmless when it has ended already. */
    public void abort() {
        if (copy.isActive()) {
            try {
                copy.cancelCopy();
            } catch (SQLException e) {
                // The server says that it was cancelled, or is gone: either way nothing is kept.
            }
        }
    }

    /** Aborts what was not ended. */
    @Override
    public void close() {
        abort();
    }
}
