package dev.pgkeep.operation.show;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.DatabaseInfo;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.postgres.swap.KeptDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The databases of a server, and the tables of one of them. */
public final class ServerContents {
    private final Connector connector;

    public ServerContents(Connector connector) {
        this.connector = connector;
    }

    /**
     * The databases of a server.
     *
     * @param version of the server, for people
     * @param databases all but templates
     * @param kept databases that were replaced by another one under their name, the newest first
     */
    public record Databases(String version, List<Database> databases, List<KeptDatabase> kept) {
        public Databases {
            databases = List.copyOf(databases);
            kept = List.copyOf(kept);
        }
    }

    /** @param tables tables with rows; -1 where the role may not connect */
    public record Database(DatabaseInfo info, int tables) {}

    /**
     * The version of a server, for people.
     *
     * @param target any database of it, whether it exists or not
     */
    public String version(Target target) {
        try (Connection connection = open(target)) {
            return new Catalog(connection).server().shortVersion();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "listing the databases");
        }
    }

    /**
     * The databases of a server.
     *
     * @param target any database of it, whether it exists or not
     * @throws PgkeepException when the server cannot be asked
     */
    public Databases databases(Target target) {
        try (Connection connection = open(target)) {
            Catalog catalog = new Catalog(connection);
            String version = catalog.server().shortVersion();
            List<DatabaseInfo> found = catalog.databases().stream()
                    .filter(database -> !database.template())
                    .toList();
            List<KeptDatabase> kept = new KeptDatabases(connection).all();
            return new Databases(
                    version,
                    found.stream()
                            .map(each -> new Database(each, each.connectable() ? tableCount(target, each.name()) : -1))
                            .toList(),
                    kept);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "listing the databases");
        }
    }

    /**
     * The tables of a database, and what is like a table, as the server lists them.
     *
     * @throws PgkeepException when the database cannot be asked
     */
    public List<TableInfo> tables(Target target) {
        try (Connection connection = connector.open(target, "pgkeep")) {
            return new Catalog(connection).tables();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "listing the tables");
        }
    }

    /** Opens the database, or one beside it: the list of databases is the same everywhere. */
    private Connection open(Target target) {
        try {
            return connector.open(target, "pgkeep");
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.DATABASE_MISSING) {
                return connector.openBeside(target, "pgkeep");
            }
            throw e;
        }
    }

    private int tableCount(Target target, String database) {
        try {
            return (int) tables(target.withDatabase(database)).stream()
                    .filter(TableInfo::hasDumpedRows)
                    .count();
        } catch (PgkeepException e) {
            return -1;
        }
    }
}
