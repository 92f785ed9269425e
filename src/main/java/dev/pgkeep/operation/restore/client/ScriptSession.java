package dev.pgkeep.operation.restore.client;

import dev.pgkeep.postgres.connect.ApplicationPath;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.RawSession;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Sessions for scripts: as any client of PostgreSQL would have them. */
public final class ScriptSession {
    /**
     * The driver brings the time zone of this machine and its own form of dates; a script that says nothing of them
     * means those of the server, the database or the role. What the server itself was configured with is only known of
     * its log, whose time zone is the same unless somebody changed that on purpose.
     */
    private static final String DEFAULTS = """
            SELECT pg_catalog.format('SELECT pg_catalog.set_config(%L, %L, LOCAL);', w.name, s.value)
            FROM (VALUES ('TimeZone', pg_catalog.current_setting('log_timezone')), ('DateStyle', NULL)) w (name, server)
            CROSS JOIN LATERAL (
                SELECT coalesce((
                    SELECT pg_catalog.substr(c, pg_catalog.strpos(c, '=') + 1)
                    FROM pg_catalog.pg_db_role_setting r
                    CROSS JOIN LATERAL pg_catalog.unnest(r.setconfig) c
                    WHERE pg_catalog.lower(pg_catalog.split_part(c, '=', 1)) = pg_catalog.lower(w.name)
                      AND r.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database
                                                WHERE datname = pg_catalog.current_database()))
                      AND r.setrole IN (0, (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = session_user))
                    ORDER BY r.setrole <> 0 DESC, r.setdatabase <> 0 DESC LIMIT 1), w.server) AS value) s
            WHERE s.value IS NOT NULL""";

    private ScriptSession() {}

    /**
     * A session of its own, which the caller closes. Statements go through a {@link RawSession}: dates may come in a
     * form that the driver does not read.
     *
     * @param moneyLocale {@code lc_monetary} under which money in the script was printed; empty where nobody knows
     */
    public static Connection open(Connector connector, Target database, Optional<String> moneyLocale) {
        Connection connection = connector.open(database, "pgkeep restore");
        try (Statement statement = connection.createStatement()) {
            // Names are found as by any client; how text is read does not depend on who reads it.
            ApplicationPath.names(connection);
            StringBuilder settings = new StringBuilder(SessionSettings.usual(false));
            settings.append(SessionSettings.reading(false, moneyLocale));
            settings.append(defaults(statement, false));
            // The driver gives up a session that hears of dates in any form but its own, so it must not hear of them.
            byte[] text = settings.toString().getBytes(StandardCharsets.UTF_8);
            RawSession.on(connection).run(text, 0, text.length);
            return connection;
        } catch (SQLException e) {
            SessionTermination.close(connection);
            throw SqlErrors.translate(e, "preparing the session");
        }
    }

    /**
     * The settings for statements of an archive in a session that has others, to the end of the transaction: values as
     * for any client, names by an empty search path, and what pg_restore sets before anything else.
     *
     * @param connection to the database in question
     * @param moneyLocale as for {@link #open}
     */
    static String inTransaction(Connection connection, Optional<String> moneyLocale) {
        try (Statement statement = connection.createStatement()) {
            return SessionSettings.usual(true)
                    + SessionSettings.reading(true, moneyLocale)
                    + defaults(statement, true)
                    + ApplicationPath.viewsInTransaction()
                    + "; SELECT pg_catalog.set_config('search_path', '', true); SET LOCAL check_function_bodies = false;"
                    + " SET LOCAL client_min_messages = warning; SET LOCAL row_security = off;\n";
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "preparing the session");
        }
    }

    private static String defaults(Statement statement, boolean local) throws SQLException {
        StringBuilder settings = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(DEFAULTS.replace("LOCAL);", local + ");"))) {
            while (rows.next()) {
                settings.append(rows.getString(1));
            }
        }
        return settings.toString();
    }
}
