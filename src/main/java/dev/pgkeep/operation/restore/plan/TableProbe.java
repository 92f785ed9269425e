package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ExtensionRows;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.TablesOnly;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** Finds which of some tables are there, and which of them hold rows. */
final class TableProbe {
    private final Connection connection;
    private final Set<TableName> wanted;
    private final Set<TableName> present = new TreeSet<>();

    TableProbe(Connection connection, Set<TableName> wanted) {
        this.connection = connection;
        this.wanted = wanted;
        new Catalog(connection).tables().stream().map(TableInfo::name).forEach(present::add);
    }

    Set<TableName> missing() {
        Set<TableName> missing = new TreeSet<>(wanted);
        missing.removeAll(present);
        return missing;
    }

    Set<TableName> filled() throws SQLException {
        Set<TableName> filled = new TreeSet<>();
        ExtensionRows extensions = ExtensionRows.of(connection);
        try (var tablesOnly = TablesOnly.in(connection);
                Statement statement = connection.createStatement()) {
            for (TableName table : wanted) {
                if (present.contains(table)) {
                    try (ResultSet row =
                            statement.executeQuery("SELECT EXISTS (SELECT FROM " + extensions.from(table) + ")")) {
                        row.next();
                        if (row.getBoolean(1)) {
                            filled.add(table);
                        }
                    }
                }
            }
        }
        return filled;
    }
}
