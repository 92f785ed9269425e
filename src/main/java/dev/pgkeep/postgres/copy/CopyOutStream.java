package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.RowFormat;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Runs COPY TO STDOUT and hands on the rows, without what surrounds them in the binary format. */
final class CopyOutStream {
    /** Signature and flags; then a length, and that many bytes. */
    private static final int FIXED_HEADER = 15;

    private static final int TRAILER = 2;

    private final Connection connection;

    CopyOutStream(Connection connection) {
        this.connection = connection;
    }

    /** Takes one row. */
    @FunctionalInterface
    interface Rows {
        /** @param bytes valid only during the call */
        void row(byte[] bytes, int offset, int length);
    }

    /** @param what a query in parentheses, or a table with its columns */
    void read(String what, RowFormat format, Rows rows) throws SQLException {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY " + what + " TO STDOUT (FORMAT " + format.word() + ")");
        try {
            // One message is one row, but the header comes in one message with what follows it.
            boolean header = format == RowFormat.BINARY;
            for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
                int offset = header ? headerLength(message) : 0;
                header = false;
                if (!isEnd(message, offset, format)) {
                    rows.row(message, offset, message.length - offset);
                }
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static int headerLength(byte[] message) {
        int extension = FIXED_HEADER;
        return extension + 4 + intAt(message, extension);
    }

    /** The trailer is a count of fields of -1; a header may also stand alone. */
    private static boolean isEnd(byte[] message, int offset, RowFormat format) {
        int length = message.length - offset;
        return length == 0
                || format == RowFormat.BINARY
                        && length == TRAILER
                        && message[offset] == -1
                        && message[offset + 1] == -1;
    }

    static int intAt(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) << 24
                | (bytes[offset + 1] & 0xff) << 16
                | (bytes[offset + 2] & 0xff) << 8
                | bytes[offset + 3] & 0xff;
    }
}
