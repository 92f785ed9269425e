package dev.pgkeep.operation.restore.load;

import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of the parameters that a server knows: a dump of a newer pg_dump sets some that an older server does not. */
final class ServerSettings {
    private ServerSettings() {}

    /** The names of all settings of the server, lower-case. */
    static Set<String> names(Connection connection) {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name FROM pg_settings")) {
            while (row.next()) {
                names.add(row.getString(1).toLowerCase(Locale.ROOT));
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking for the server's parameters");
        }
        // Not shown by pg_settings, although every server knows them.
        names.addAll(Set.of("session authorization", "role", "xmloption", "session_authorization", "time zone"));
        return names;
    }
}
