package dev.pgkeep.postgres.copy;

import java.sql.Connection;

/**
 * Which encoding the text of rows has on a connection. The driver always sends statements in UTF-8; names in them are
 * written so that the server understands them nevertheless.
 */
public final class SessionEncoding {
    private SessionEncoding() {}

    /**
     * From now on rows pass in this encoding, whatever bytes they hold.
     *
     * @param encoding as the server spells it, for instance {@code LATIN1} or {@code SQL_ASCII}
     */
    public static void use(Connection connection, String encoding) {
        throw new UnsupportedOperationException();
    }

    /** A quoted name for a statement on this connection. */
    public static String identifier(Connection connection, String name) {
        throw new UnsupportedOperationException();
    }
}
