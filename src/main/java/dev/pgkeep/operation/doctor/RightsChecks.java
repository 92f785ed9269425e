package dev.pgkeep.operation.doctor;

import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Whether the role may do what backups and restores do. */
final class RightsChecks {
    /** Schemas that may not be used, and sequences that may not be read; pg_dump needs both. */
    private static final String UNREADABLE = """
            SELECT format('schema %I', n.nspname) FROM pg_namespace n
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT has_schema_privilege(n.oid, 'usage')
              AND EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'S', 'm'))
            UNION ALL
            SELECT format('sequence %I.%I', n.nspname, c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND has_schema_privilege(n.oid, 'usage') AND NOT has_table_privilege(c.oid, 'select')
            ORDER BY 1
            """;

    private static final int NAMED = 3;

    private final Connection connection;
    private final Catalog catalog;
    private final ServerInfo server;
    private final Target target;

    RightsChecks(Connection connection, Catalog catalog, ServerInfo server, Target target) {
        this.connection = connection;
        this.catalog = catalog;
        this.server = server;
        this.target = target;
    }

    void addTo(List<Check> checks) {
        List<TableInfo> tables = catalog.tables();
        checks.add(reading(tables));
        checks.add(allRows(tables));
        checks.add(creating());
        if (Protection.isOn(connection, target.database())) {
            checks.add(Check.ok(
                    "protected", "whatever destroys the content of " + target.database() + " wants its name typed"));
        }
    }

    /** Checks that pg_dump may read every table; what it may read it may also lock as it does. */
    private Check reading(List<TableInfo> tables) {
        var unreadable = new ArrayList<>(unreadable());
        tables.stream()
                .filter(table -> table.hasDumpedRows() && !table.readable())
                .map(table -> table.name().toString())
                .forEach(unreadable::add);
        return unreadable.isEmpty()
                ? Check.ok("rights", server.role() + " may read every table and sequence")
                : Check.fail(
                        "rights",
                        server.role() + " may not read " + some(unreadable) + ", so pg_dump fails",
                        "GRANT pg_read_all_data TO " + role() + ";   (as superuser; or back up as the owner)");
    }

    private Check allRows(List<TableInfo> tables) {
        List<String> hidden = tables.stream()
                .filter(table -> table.hasDumpedRows() && table.rowsHidden())
                .map(table -> table.name().toString())
                .toList();
        return hidden.isEmpty()
                ? Check.ok("row security", "no policy hides rows from " + server.role())
                : Check.fail(
                        "row security",
                        "policies hide rows of " + some(hidden) + " from " + server.role(),
                        "ALTER ROLE " + role() + " BYPASSRLS;   (as superuser; or back up as the owner)");
    }

    private Check creating() {
        return server.createDatabases()
                ? Check.ok("create databases", server.role() + " may create databases")
                : Check.warn(
                        "create databases",
                        server.role() + " may not create databases: restores replace the contents of "
                                + target.database() + " in place, and proofs need another server",
                        "ALTER ROLE " + role() + " CREATEDB;   (as superuser; or set TEST_DATABASE_URL for proofs)");
    }

    private List<String> unreadable() {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(UNREADABLE)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking for rights");
        }
    }

    private String role() {
        return Sql.identifier(server.role());
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }
}
