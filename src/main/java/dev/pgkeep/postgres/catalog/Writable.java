package dev.pgkeep.postgres.catalog;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Whether anything can be written where a session is. Asked before anything is begun by whatever changes a database, or
 * needs temporary tables to look at it: the server's own words for it come late, and name a statement that nobody
 * typed.
 */
public final class Writable {
    private static final String ASK = "SELECT pg_catalog.pg_is_in_recovery()";

    /** The server that this one follows; who may not see it gets nulls. */
    private static final String PRIMARY = """
            SELECT sender_host || ':' || sender_port FROM pg_catalog.pg_stat_wal_receiver
            WHERE sender_host IS NOT NULL LIMIT 1""";

    private Writable() {}

    /**
     * Says why nothing can be written.
     *
     * @throws PgkeepException SERVER_READ_ONLY on a standby
     */
    public static void require(Connection connection) {
        require(connection, "");
    }

    /** @param instead what else can be done, with a semicolon before it; may be empty */
    public static void require(Connection connection, String instead) {
        obstacle(connection, instead).ifPresent(problem -> {
            throw problem;
        });
    }

    /** The reason why nothing can be written; empty where it can. */
    public static Optional<PgkeepException> obstacle(Connection connection, String instead) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ASK)) {
            row.next();
            return row.getBoolean(1) ? Optional.of(standby(primary(connection), instead)) : Optional.empty();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking whether the server can be written to");
        }
    }

    private static PgkeepException standby(Optional<String> primary, String instead) {
        return new PgkeepException(
                ErrorCode.SERVER_READ_ONLY,
                "the server is a standby: it can be read, but nothing can be changed there, and no temporary table made",
                "connect to the primary"
                        + primary.map(host -> ", which is " + host).orElse("") + instead);
    }

    private static Optional<String> primary(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PRIMARY)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
