package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Words;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks a server which databases it has, to suggest the one that was meant. */
final class DatabaseNames {
    private static final String QUERY =
            "SELECT datname FROM pg_catalog.pg_database WHERE NOT datistemplate ORDER BY datname LIMIT 1000";

    private DatabaseNames() {}

    static String hint(Target target) {
        String create = "create it with: createdb " + ShellWords.word(target.database());
        for (String database : List.of("postgres", "template1")) {
            if (database.equals(target.database())) {
                continue;
            }
            try (Connection connection = new Connector().open(target.withDatabase(database), "pgkeep")) {
                return hint(target.database(), names(connection), create);
            } catch (PgkeepException | SQLException e) {
                // Without a way to look there is nothing to suggest; the missing database is the error to tell.
            }
        }
        return "check the database name in " + target.origin() + ", or " + create;
    }

    private static String hint(String wanted, List<String> names, String create) {
        return Words.nearest(wanted, names)
                .map(near -> "did you mean " + near + "? Otherwise " + create)
                .orElseGet(() -> "the server has "
                        + String.join(", ", names.subList(0, Math.min(8, names.size())))
                        + (names.size() > 8 ? ", …" : "") + "; " + create);
    }

    private static List<String> names(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
