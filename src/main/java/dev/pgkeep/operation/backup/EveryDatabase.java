package dev.pgkeep.operation.backup;

import dev.pgkeep.postgres.admin.KeptDatabaseName;
import dev.pgkeep.postgres.admin.TemporaryDatabaseName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.DatabaseInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Every database of a server that is worth a backup: no template, and none that pgkeep made for a while. */
public final class EveryDatabase {
    private final Connector connector;

    public EveryDatabase(Connector connector) {
        this.connector = connector;
    }

    /**
     * Names of the databases, as the server lists them.
     *
     * @param target any database of the server
     * @throws dev.pgkeep.base.error.PgkeepException when the server cannot be asked
     */
    public List<String> of(Target target) {
        try (Connection connection = connector.open(target, "pgkeep")) {
            return new Catalog(connection)
                    .databases().stream()
                            .filter(database -> !database.template() && database.connectable())
                            .map(DatabaseInfo::name)
                            .filter(name -> !KeptDatabaseName.fits(name) && !TemporaryDatabaseName.fits(name))
                            .toList();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "listing the databases");
        }
    }
}
