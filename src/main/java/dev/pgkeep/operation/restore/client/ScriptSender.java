package dev.pgkeep.operation.restore.client;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.TemporaryFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.connect.RawSession;
import dev.pgkeep.postgres.dump.ScriptSettings;
import dev.pgkeep.postgres.dump.ScriptVisitor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends a script to the server: every statement as the bytes that it is, and the rows of a COPY where the server asks
 * for them. There is no psql in between, so no line of the script can ask anything of this machine. How statements are
 * read (quotes, encoding) is what the server says at that moment. It ends at the first statement that fails.
 *
 * <p>Statements that are too long to keep wait in a temporary file until their end, since the server wants to know
 * their length first.
 */
public final class ScriptSender implements ScriptVisitor, ScriptSettings, AutoCloseable {
    private static final int HEAD = 4096;
    private static final int SETTING = 80;

    private final RawSession session;
    private final ScriptErrors errors;
    private final Cancellation cancellation;
    private final boolean ownSettings;
    private long line = 1;
    private byte[] head = {};
    private @Nullable TemporaryFile kept;
    private @Nullable OutputStream keeping;
    private long keptLength;

    private ScriptSender(Connection connection, ScriptErrors errors, boolean ownSettings, Cancellation cancellation) {
        this.session = RawSession.on(connection);
        this.errors = errors;
        this.ownSettings = ownSettings;
        this.cancellation = cancellation;
    }

    /**
     * A sender that leaves the session to the script.
     *
     * @param script how the script is called in messages; empty where its lines mean nothing to anybody
     * @param serverVersion as {@code server_version_num}, for instance 150004
     */
    public static ScriptSender to(
            Connection connection, Optional<String> script, int serverVersion, Cancellation cancellation) {
        return new ScriptSender(connection, new ScriptErrors(script, serverVersion), true, cancellation);
    }

    /** A sender that changes nothing of a session that has been prepared for rows but the encoding of its text. */
    public static ScriptSender prepared(Connection connection, int serverVersion, Cancellation cancellation) {
        return new ScriptSender(connection, new ScriptErrors(Optional.empty(), serverVersion), false, cancellation);
    }

    @Override
    public boolean standardStrings() {
        return !session.parameter("standard_conforming_strings").equals("off");
    }

    @Override
    public String encoding() {
        return session.parameter("client_encoding");
    }

    /** Runs a statement of our own, which stands in no line of the script. */
    public void run(String sql) {
        cancellation.check();
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        try {
            session.run(text, 0, text.length);
        } catch (SQLException e) {
            cancellation.check();
            throw errors.ofOurOwn().explain(e, 1, text, 0);
        }
    }

    /** Whether a transaction is open, be it a failed one. */
    public boolean inTransaction() {
        return session.inTransaction();
    }

    /**
     * Ends a script that ends its transactions itself, when all of it was sent.
     *
     * @throws PgkeepException RESTORE_FAILED when it left one open: the server throws away what was done in it
     */
    public void complete() {
        if (session.inTransaction()) {
            throw errors.unfinished();
        }
    }

    @Override
    public void startsAt(long number) {
        line = number;
    }

    @Override
    public boolean statement(byte[] text, int codeStart) {
        head = text;
        if (ownSettings) {
            return send(text, codeStart);
        }
        String code =
                new String(text, codeStart, Math.min(SETTING, text.length - codeStart), StandardCharsets.ISO_8859_1);
        if (code.startsWith("SET client_encoding")) {
            // Only for the rest of the transaction.
            byte[] local = Arrays.copyOfRange(text, codeStart + 3, text.length);
            byte[] all = Arrays.copyOf("SET LOCAL".getBytes(StandardCharsets.US_ASCII), 9 + local.length);
            System.arraycopy(local, 0, all, 9, local.length);
            return send(all, 0);
        }
        boolean setting = code.startsWith("SET ") || code.startsWith("SELECT pg_catalog.set_config(");
        return !setting && send(text, codeStart);
    }

    private boolean send(byte[] text, int codeStart) {
        cancellation.check();
        try {
            return session.run(text, codeStart, text.length - codeStart);
        } catch (SQLException e) {
            if (EmptyDrop.is(e, text, codeStart) && !session.inTransaction()) {
                return false;
            }
            throw failed(e, text, codeStart);
        }
    }

    @Override
    public void longStatement(byte[] text, int codeStart) throws IOException {
        head = Arrays.copyOfRange(text, codeStart, Math.min(text.length, codeStart + HEAD));
        TemporaryFile file = TemporaryFile.named("statement");
        kept = file;
        keeping = new BufferedOutputStream(Files.newOutputStream(file.path()), 1 << 16);
        keptLength = 0;
        more(text, codeStart, text.length - codeStart);
    }

    @Override
    public void more(byte[] bytes, int from, int length) {
        cancellation.check();
        keptLength += length;
        if (keptLength > RawSession.LONGEST) {
            throw errors.refused(line, head, "a statement of more than a gigabyte, which no server takes");
        }
        try {
            if (keeping != null) {
                keeping.write(bytes, from, length);
            }
        } catch (IOException e) {
            throw FileProblem.ofTemporaryFile(e);
        }
    }

    @Override
    public void longEnd() {
        try (TemporaryFile file = kept) {
            if (file == null || keeping == null) {
                return;
            }
            keeping.close();
            try (InputStream in = Files.newInputStream(file.path())) {
                if (session.run(in, keptLength)) {
                    throw errors.refused(line, head, "rows for a statement of more than a megabyte");
                }
            } catch (SQLException e) {
                throw failed(e, head, 0);
            }
        } catch (IOException e) {
            throw FileProblem.ofTemporaryFile(e);
        } finally {
            kept = null;
            keeping = null;
        }
    }

    @Override
    public void other(byte[] bytes, int from, int length) {}

    @Override
    public void end(byte[] text, int codeStart) {
        if (codeStart < text.length && statement(text, codeStart)) {
            throw errors.refused(line, text, "its rows are missing");
        }
    }

    @Override
    public void metaCommand(byte[] text, int codeStart) {
        // Those that could mean anything have been refused.
    }

    @Override
    public void strayBehindCopy() {}

    @Override
    public void copyData(byte[] bytes, int from, int length) {
        cancellation.check();
        try {
            session.rows(bytes, from, length);
        } catch (SQLException e) {
            throw failed(e, head, 0);
        }
    }

    @Override
    public void copyEnd(long rows, byte[] terminator) {
        try {
            session.endRows();
        } catch (SQLException e) {
            throw failed(e, head, 0);
        }
    }

    private PgkeepException failed(SQLException failure, byte[] text, int codeStart) {
        // What was torn because somebody wants to stop is no failure.
        cancellation.check();
        return errors.explain(failure, line, text, codeStart);
    }

    /** Forgets a statement that did not come to its end. */
    @Override
    public void close() {
        try (TemporaryFile file = kept) {
            if (keeping != null) {
                keeping.close();
            }
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED, "cannot close " + e.getMessage(), "free space in the temporary folder", e);
        } finally {
            kept = null;
            keeping = null;
        }
    }
}
