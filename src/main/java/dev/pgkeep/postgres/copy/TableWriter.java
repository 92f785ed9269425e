package dev.pgkeep.postgres.copy;

import dev.pgkeep.columnar.RowFormat;
import dev.pgkeep.manifest.TableName;
import java.sql.Connection;
import java.util.List;

/**
 * Writes rows into a table by one COPY. The session belongs to the caller: its encoding must be the one in which the
 * rows were read ({@link SessionEncoding#use}), and transactions are the caller's.
 */
public final class TableWriter implements AutoCloseable {
    /**
     * Begins a COPY.
     *
     * @param columns in the order of the fields; empty for a table without columns to copy
     * @throws dev.pgkeep.error.PgkeepException what the server says, naming the table
     */
    public static TableWriter open(Connection connection, TableName table, List<String> columns, RowFormat format) {
        throw new UnsupportedOperationException();
    }

    /** Bytes of rows as {@link RangeReader} gave them, cut anywhere. */
    public void write(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /** Ends the COPY. @return rows written */
    public long end() {
        throw new UnsupportedOperationException();
    }

    /** Ends the COPY without keeping its rows; the transaction is then failed. Harmless when it has ended already. */
    public void abort() {
        throw new UnsupportedOperationException();
    }

    /** Aborts what was not ended. */
    @Override
    public void close() {
        abort();
    }
}
