package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.admin.KeptDatabaseName;
import dev.pgkeep.postgres.admin.TemporaryDatabaseName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.DatabaseInfo;
import dev.pgkeep.postgres.catalog.Sql;
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
     * The databases of a server.
     *
     * @param reachable names of those that this role can back up as far as connecting goes
     * @param leftOut why each other one cannot be: that there are backups of all shall not be believed then
     */
    public record Found(List<String> reachable, List<PgkeepException> leftOut) {}

    /**
     * The databases, as the server lists them.
     *
     * @param target any database of the server
     * @throws dev.pgkeep.base.error.PgkeepException when the server cannot be asked
     */
    public Found of(Target target) {
        try (Connection connection = connector.open(target, "pgkeep")) {
            List<DatabaseInfo> meant = new Catalog(connection)
                    .databases().stream()
                            .filter(database -> !database.template())
                            .filter(database -> !KeptDatabaseName.fits(database.name())
                                    && !TemporaryDatabaseName.fits(database.name()))
                            .toList();
            return new Found(
                    meant.stream()
                            .filter(DatabaseInfo::connectable)
                            .map(DatabaseInfo::name)
                            .toList(),
                    meant.stream()
                            .filter(database -> !database.connectable())
                            .map(database -> leftOut(database, target.user()))
                            .toList());
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "listing the databases");
        }
    }

    private static PgkeepException leftOut(DatabaseInfo database, String user) {
        String name = Sql.identifier(database.name());
        if (database.invalid()) {
            return leftOut(
                    ErrorCode.SERVER_UNSUPPORTED,
                    database,
                    "it is invalid: a DROP DATABASE was broken off, and nothing in it can be read any more",
                    "finish what was begun: DROP DATABASE " + name);
        }
        if (!database.open()) {
            return leftOut(
                    ErrorCode.LOGIN_FAILED,
                    database,
                    "it allows no connections",
                    "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true lets them in again; ALTER DATABASE " + name
                            + " IS_TEMPLATE true says that it is none to be backed up");
        }
        return leftOut(
                ErrorCode.RIGHTS_MISSING,
                database,
                user + " may not connect to it",
                "its owner can allow it: GRANT CONNECT ON DATABASE " + name + " TO " + Sql.identifier(user));
    }

    private static PgkeepException leftOut(ErrorCode code, DatabaseInfo database, String why, String hint) {
        return new PgkeepException(code, "the database " + database.name() + " was left out: " + why, hint);
    }
}
