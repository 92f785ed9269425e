package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.DatabaseInfo;
import dev.pgkeep.postgres.admin.KeptDatabaseName;
import dev.pgkeep.postgres.admin.TemporaryDatabaseName;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code backup --all} means: every profile of the configuration, or else every database of the server. */
final class AllDatabases {
    private AllDatabases() {}

    /** Pgkeep wired for each of them. */
    static List<Pgkeep> of(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        if (!pgkeep.settings().profiles().isEmpty()) {
            return pgkeep.settings().profiles().stream()
                    .map(profile -> session.open(with(session, profile)))
                    .toList();
        }
        Target target = pgkeep.target();
        try (Connection connection = pgkeep.connector().open(target, "pgkeep")) {
            return new Catalog(connection)
                    .databases().stream()
                            .filter(database -> !database.template() && database.connectable())
                            .filter(database -> !KeptDatabaseName.fits(database.name()) && !TemporaryDatabaseName.fits(database.name()))
                            .map(DatabaseInfo::name)
                            .map(pgkeep::onDatabase)
                            .toList();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "listing the databases");
        }
    }

    private static Map<String, String> with(Session session, String profile) {
        Map<String, String> flags = new HashMap<>(session.flags());
        flags.put("profile", profile);
        return flags;
    }
}
