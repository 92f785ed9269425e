package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.postgres.connect.CopyMessages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
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
        Optional<CopyMessages> messages = CopyMessages.on(connection);
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY " + what + " TO STDOUT (FORMAT " + format.word() + ")");
        // One message is one row, but the header comes in one message with what follows it.
        Rows content = format == RowFormat.BINARY ? new WithoutFrame(rows) : rows;
        try {
            byte[] message;
            do {
                if (messages.isPresent()) {
                    readThere(messages.get(), content);
                }
                message = copy.readFromCopy();
                if (message != null) {
                    content.row(message, 0, message.length);
                }
            } while (message != null);
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void readThere(CopyMessages messages, Rows rows) throws SQLException {
        while (messages.next()) {
            rows.row(messages.bytes(), messages.offset(), messages.length());
            messages.skip();
        }
    }

    /** Hands on rows of the binary format without header and trailer, which is a count of fields of -1. */
    private static final class WithoutFrame implements Rows {
        private final Rows rows;
        private boolean header = true;

        WithoutFrame(Rows rows) {
            this.rows = rows;
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            int skipped = header ? FIXED_HEADER + Integer.BYTES + intAt(bytes, offset + FIXED_HEADER) : 0;
            header = false;
            int from = offset + skipped;
            int left = length - skipped;
            boolean trailer = left == TRAILER && bytes[from] == -1 && bytes[from + 1] == -1;
            // A header may also stand alone.
            if (left > 0 && !trailer) {
                rows.row(bytes, from, left);
            }
        }
    }

    static int intAt(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) << 24
                | (bytes[offset + 1] & 0xff) << 16
                | (bytes[offset + 2] & 0xff) << 8
                | bytes[offset + 3] & 0xff;
    }
}
