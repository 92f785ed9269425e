package dev.pgkeep.postgres.copy;

import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Decides which encoding the text of rows has on a connection. The driver always sends statements in UTF-8; names in
 * them are written so that the server understands them nevertheless.
 */
public final class SessionEncoding {
    private static final String UNCONVERTED = "SQL_ASCII";

    private SessionEncoding() {}

    /**
     * Has rows pass in this encoding from now on, whatever bytes they hold: to the end of the transaction, or of the
     * session in autocommit mode.
     *
     * @param encoding as the server spells it, for instance {@code LATIN1} or {@code SQL_ASCII}
     */
    public static void use(Connection connection, String encoding) {
        try (Statement statement = connection.createStatement()) {
            String local = connection.getAutoCommit() ? "" : "LOCAL ";
            statement.execute("SET " + local + "client_encoding = " + Sql.literal(encoding));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "switching to the encoding " + encoding);
        }
    }

    /**
     * A quoted name for a statement on this connection. Where UTF-8 would be taken for another encoding, it is spelled
     * in ASCII ({@code U&"Stra\+0000DFe"}). A server without encoding takes bytes as they are, and there names are
     * UTF-8, else they could not have been read.
     */
    public static String identifier(Connection connection, String name) {
        boolean plain = name.chars().allMatch(c -> c < 0x80)
                || isUtf8(parameter(connection, "client_encoding"))
                || UNCONVERTED.equals(parameter(connection, "server_encoding"));
        return plain ? Sql.identifier(name) : spelled(name);
    }

    public static String identifier(Connection connection, String schema, String name) {
        return identifier(connection, schema) + "." + identifier(connection, name);
    }

    private static boolean isUtf8(@Nullable String encoding) {
        return "UTF8".equals(encoding);
    }

    private static @Nullable String parameter(Connection connection, String name) {
        try {
            return connection.unwrap(PGConnection.class).getParameterStatus(name);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking for " + name);
        }
    }

    private static String spelled(String name) {
        var text = new StringBuilder("U&\"");
        name.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> text.append("\"\"");
                case '\\' -> text.append("\\\\");
                default -> text.append(c < 0x80 ? Character.toString(c) : String.format("\\+%06X", c));
            }
        });
        return text.append('"').toString();
    }
}
