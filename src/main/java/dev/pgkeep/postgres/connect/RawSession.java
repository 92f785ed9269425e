package dev.pgkeep.postgres.connect;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Encoding;
import org.postgresql.core.OpenStream;
import org.postgresql.core.PGStream;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/**
 * Sends statements to the server as the bytes that they are, in the encoding of the session, by the simple protocol.
 * Nothing on the way reads them: there are no commands of a client, no parameters and no escapes. Rows that they return
 * are thrown away. Used by one thread; between two calls the connection may be used through JDBC.
 */
public final class RawSession {
    /** The most bytes that the server takes as one message. */
    public static final long LONGEST = 0x3fffffffL - 8;

    private static final int BUFFER = 1 << 16;

    private final OpenStream open;
    private final PGStream stream;
    /** The answer while rows are sent: the server may speak at any time, and stops reading when nobody listens. */
    private @Nullable FutureTask<Boolean> answer;

    private RawSession(OpenStream open) {
        this.open = open;
        this.stream = open.messages();
    }

    public static RawSession on(Connection connection) {
        try {
            return new RawSession(
                    OpenStream.of(connection.unwrap(PgConnection.class).getQueryExecutor()));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "preparing the session");
        }
    }

    /** The value of a setting that the server reports, as it said it last, for instance {@code client_encoding}. */
    public String parameter(String name) {
        return open.parameter(name);
    }

    /** Whether a transaction is open, be it a failed one. */
    public boolean inTransaction() {
        return open.inTransaction();
    }

    /**
     * Runs a statement, or what the server takes for several.
     *
     * @return whether the server waits for rows: {@link #rows} and {@link #endRows} must follow
     */
    public boolean run(byte[] text, int from, int length) throws SQLException {
        try {
            begin(length);
            stream.send(text, from, length);
            return finish();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Runs a statement that is too long to keep.
     *
     * @param length bytes that will be read, at most {@link #LONGEST}
     */
    public boolean run(InputStream text, long length) throws SQLException {
        try {
            begin(length);
            byte[] buffer = new byte[BUFFER];
            for (long left = length; left > 0; ) {
                int read = text.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new EOFException("the statement is shorter than it was");
                }
                stream.send(buffer, 0, read);
                left -= read;
            }
            return finish();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private void begin(long length) throws IOException {
        stream.sendChar('Q');
        stream.sendInteger4((int) (length + 5));
    }

    private boolean finish() throws IOException, SQLException {
        stream.sendChar(0);
        stream.flush();
        boolean rows = receive();
        if (rows) {
            listen();
        }
        return rows;
    }

    private void listen() {
        FutureTask<Boolean> listening = new FutureTask<>(this::receive);
        answer = listening;
        Thread.ofVirtual().name("copy-answers").start(listening);
    }

    /** Sends bytes of rows; the server may have said in between that it does not want them. */
    public void rows(byte[] bytes, int from, int length) throws SQLException {
        FutureTask<Boolean> listening = listening();
        if (listening.isDone()) {
            refuseMore(await(listening));
        }
        try {
            stream.sendChar('d');
            stream.sendInteger4(length + 4);
            stream.send(bytes, from, length);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Tells the server that all rows are sent. */
    public void endRows() throws SQLException {
        FutureTask<Boolean> listening = listening();
        try {
            if (!listening.isDone()) {
                stream.sendChar('c');
                stream.sendInteger4(4);
                stream.flush();
            }
        } catch (IOException e) {
            throw lost(e);
        }
        refuseMore(await(listening));
    }

    private FutureTask<Boolean> listening() {
        FutureTask<Boolean> listening = answer;
        if (listening == null) {
            throw new IllegalStateException("the server does not wait for rows");
        }
        return listening;
    }

    private boolean await(FutureTask<Boolean> listening) throws SQLException {
        answer = null;
        try {
            return listening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PSQLException("interrupted", PSQLState.QUERY_CANCELED, e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException failure -> throw failure;
                case IOException failure -> throw lost(failure);
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Refuses several statements that were taken for one, and of which the next wants rows too. */
    private static void refuseMore(boolean waitsAgain) throws SQLException {
        if (waitsAgain) {
            throw new PSQLException("two statements that want rows stand together", PSQLState.SYNTAX_ERROR);
        }
    }

    /** Reads until the server waits: for the next statement, or for rows. */
    private boolean receive() throws IOException, SQLException {
        SQLException failure = null;
        while (true) {
            int type;
            try {
                type = stream.receiveChar();
            } catch (IOException e) {
                if (failure != null) {
                    throw failure;
                }
                throw e;
            }
            int length = stream.receiveInteger4() - 4;
            switch (type) {
                case 'Z' -> {
                    open.transaction((char) stream.receiveChar());
                    if (failure != null) {
                        throw failure;
                    }
                    return false;
                }
                case 'G' -> {
                    boolean binary = stream.receiveChar() != 0;
                    stream.skip(length - 1);
                    if (!binary) {
                        return true;
                    }
                    refuseRows("rows in the binary format, which cannot stand in a script");
                }
                case 'E' -> {
                    SQLException error =
                            new PSQLException(new ServerErrorMessage(stream.receiveErrorString(length)), true);
                    failure = failure == null ? error : failure;
                }
                case 'S' -> open.parameter(stream.receiveString(), stream.receiveString());
                default -> stream.skip(length);
            }
        }
    }

    private void refuseRows(String why) throws IOException {
        byte[] text = Encoding.getJVMEncoding("UTF-8").encode(why);
        stream.sendChar('f');
        stream.sendInteger4(text.length + 5);
        stream.send(text);
        stream.sendChar(0);
        stream.flush();
    }

    private static SQLException lost(IOException failure) {
        return new PSQLException("the connection broke", PSQLState.CONNECTION_FAILURE, failure);
    }
}
