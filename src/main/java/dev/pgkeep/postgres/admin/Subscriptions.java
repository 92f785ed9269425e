package dev.pgkeep.postgres.admin;

import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Subscriptions of a database: as long as it has one, the server does not drop it. */
public final class Subscriptions {
    private static final String NAMES = """
            select s.subname::text from pg_subscription s join pg_database d on d.oid = s.subdbid
            where d.datname = ? order by s.subname""";

    private Subscriptions() {}

    /** @param beside a connection to any database of the server */
    public static List<String> of(Connection beside, String database) {
        try {
            return CatalogNames.ask(beside, NAMES, database);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking for subscriptions of " + database);
        }
    }

    /**
     * Drops the subscriptions of a database that pgkeep made. They came out of a backup: the slot on the publisher that
     * they name belongs to another database, and is not touched.
     */
    static void dropAll(Connector connector, Target database) {
        try (Connection inside = connector.open(database, "pgkeep");
                Statement statement = inside.createStatement()) {
            statement.setEscapeProcessing(false);
            withoutEventTriggers(statement);
            for (String each : of(inside, database.database())) {
                String name = Sql.identifier(each);
                statement.execute("ALTER SUBSCRIPTION " + name + " DISABLE");
                statement.execute("ALTER SUBSCRIPTION " + name + " SET (slot_name = NONE)");
                statement.execute("DROP SUBSCRIPTION " + name);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "dropping the subscriptions of " + database.database());
        }
    }

    /** Turns event triggers off, as far as the role may: they came out of the backup too, and may refuse anything. */
    private static void withoutEventTriggers(Statement statement) {
        try {
            statement.execute("SET session_replication_role = replica");
        } catch (SQLException e) {
            // Who may not do that made no event trigger either.
        }
    }
}
