package dev.pgkeep.operation.restore.load;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The materialised views of a database, to be as a backup would fill them. */
final class MaterializedViews {
    private static final String VIEWS = """
            SELECT n.nspname, c.relname, c.relispopulated FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'm'""";

    private MaterializedViews() {}

    /**
     * The statements that make them so.
     *
     * @param entries of the backup, in which a view comes after those that it reads
     * @param changed whether rows of tables did
     */
    static List<String> statements(Connection session, List<Entry> entries, boolean changed) throws SQLException {
        Set<TableName> filled = new HashSet<>();
        Set<TableName> empty = new HashSet<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(VIEWS)) {
            while (row.next()) {
                (row.getBoolean(3) ? filled : empty).add(new TableName(row.getString(1), row.getString(2)));
            }
        }
        List<String> statements = new ArrayList<>();
        boolean refresh = changed;
        for (Entry entry : entries) {
            TableName view = new TableName(entry.schema(), entry.name());
            if (entry.type().equals("MATERIALIZED VIEW DATA")) {
                filled.remove(view);
                // Others may read it.
                refresh |= empty.contains(view);
                if (refresh) {
                    statements.add("REFRESH MATERIALIZED VIEW " + Sql.identifier(view.schema(), view.name()));
                }
            }
        }
        for (Entry entry : entries) {
            TableName view = new TableName(entry.schema(), entry.name());
            if (entry.type().equals("MATERIALIZED VIEW") && filled.contains(view)) {
                statements.add(
                        "REFRESH MATERIALIZED VIEW " + Sql.identifier(view.schema(), view.name()) + " WITH NO DATA");
            }
        }
        return statements;
    }
}
