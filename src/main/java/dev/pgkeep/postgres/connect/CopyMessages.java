package dev.pgkeep.postgres.connect;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.core.OpenStream;
import org.postgresql.core.PGStream;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The rows that COPY sends, where they lie in the buffer they were received in: the driver would make an array for
 * each. It stays in charge of everything else: what is no row of ordinary width is left to it. To be used while one of
 * its COPY operations is under way, by the same thread, between two of its calls.
 */
public final class CopyMessages {
    /** The letter of CopyData. */
    private static final char ROWS = 'd';

    private final MessageInput input;

    private CopyMessages(MessageInput input) {
        this.input = input;
    }

    /**
     * Makes a connection's rows readable so, once and for all; no COPY may be under way. Empty where the driver already
     * holds bytes that it has not used, or GSSAPI encrypts.
     */
    public static Optional<CopyMessages> on(Connection connection) throws SQLException {
        PGStream stream = OpenStream.of(connection.unwrap(PgConnection.class).getQueryExecutor())
                .messages();
        try {
            if (stream.getSocket() instanceof MessageSocket known) {
                return Optional.of(new CopyMessages(known.getInputStream()));
            }
            if (stream.isGssEncrypted() || stream.hasMessagePending()) {
                return Optional.empty();
            }
            int timeout = stream.getNetworkTimeout();
            MessageSocket socket = new MessageSocket(stream.getSocket());
            stream.flush();
            stream.changeSocket(socket);
            stream.setNetworkTimeout(timeout);
            return Optional.of(new CopyMessages(socket.getInputStream()));
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Waits for the next message: true when it is CopyData that can be taken here, else the driver must read it. */
    public boolean next() throws SQLException {
        try {
            return input.next(ROWS);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** The buffer with the message's content; valid until {@link #skip}. */
    public byte[] bytes() {
        return input.buffer();
    }

    /** The position where the content begins. */
    public int offset() {
        return input.from();
    }

    /** The length of the content. */
    public int length() {
        return input.length();
    }

    /** Goes on to what comes after the message. */
    public void skip() {
        input.skip();
    }

    private static SQLException lost(IOException failure) {
        return new PSQLException("the connection broke", PSQLState.CONNECTION_FAILURE, failure);
    }
}
