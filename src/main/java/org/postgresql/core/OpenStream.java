package org.postgresql.core;

import java.io.IOException;
import java.sql.SQLException;

/**
 * The stream of messages under a connection of the driver, for statements that must reach the server byte by byte: the
 * driver itself reads what it sends, and sends everything in UTF-8. It stands in the driver's package because the
 * driver shows its stream to nobody else. Whoever uses it must leave the connection as the driver left it: nothing half
 * sent, nothing half read.
 */
public final class OpenStream {
    private final QueryExecutorBase executor;

    private OpenStream(QueryExecutorBase executor) {
        this.executor = executor;
    }

    public static OpenStream of(QueryExecutor executor) {
        return new OpenStream((QueryExecutorBase) executor);
    }

    public PGStream messages() {
        return executor.pgStream;
    }

    /** A setting as the server said it last. */
    public String parameter(String name) {
        String value = executor.getParameterStatus(name);
        return value == null ? "" : value;
    }

    /** Tells the driver what the server said of a setting. */
    public void parameter(String name, String value) throws IOException, SQLException {
        executor.onParameterStatus(name, value);
        switch (name) {
            case "client_encoding" -> executor.setEncoding(Encoding.getDatabaseEncoding(value));
            case "standard_conforming_strings" -> executor.setStandardConformingStrings(value.equals("on"));
            default -> {}
        }
    }

    /** Whether a transaction is open, be it a failed one, as the server said last. */
    public boolean inTransaction() {
        return executor.getTransactionState() != TransactionState.IDLE;
    }

    /** Tells the driver how the server stands with transactions. */
    public void transaction(char status) {
        executor.setTransactionState(
                switch (status) {
                    case 'T' -> TransactionState.OPEN;
                    case 'E' -> TransactionState.FAILED;
                    default -> TransactionState.IDLE;
                });
    }
}
