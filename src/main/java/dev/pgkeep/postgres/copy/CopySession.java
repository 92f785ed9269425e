package dev.pgkeep.postgres.copy;

import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.util.Optional;

/**
 * A session that reads rows: read-only, in one snapshot, with settings under which a range of blocks is read by just
 * these blocks, values print the same everywhere and text comes in the database's own encoding.
 */
public final class CopySession implements AutoCloseable {
    /**
     * Opens a session.
     *
     * @param application name under which the session appears on the server
     * @param snapshot id of an exported snapshot whose session is still open; without it the session takes its own
     * @throws dev.pgkeep.error.PgkeepException as {@link Connector#open}; SERVER_UNSUPPORTED where a pooler is in
     *     between that breaks sessions
     */
    public static CopySession open(Connector connector, Target target, String application, Optional<String> snapshot) {
        throw new UnsupportedOperationException();
    }

    /** In its transaction. Names in results are garbled when the database's encoding is not UTF8. */
    public Connection connection() {
        throw new UnsupportedOperationException();
    }

    /** Encoding of the database, as the server spells it: what {@link SessionEncoding} takes when rows go back. */
    public String encoding() {
        throw new UnsupportedOperationException();
    }

    /** Ends the session from another thread, with what it is just doing. */
    public void abort() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
