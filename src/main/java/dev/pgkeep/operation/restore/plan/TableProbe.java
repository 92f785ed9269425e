package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ExtensionRows;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.TablesOnly;
import dev.pgkeep.postgres.snapshot.TableCount;
import java.sql.Connection;
import java.sql.SQLException;
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
        try (var tablesOnly = TablesOnly.in(connection)) {
            for (TableName table : wanted) {
                if (present.contains(table) && holdsRows(table, extensions)) {
                    filled.add(table);
                }
            }
        }
        return filled;
    }

    private boolean holdsRows(TableName table, ExtensionRows extensions) throws SQLException {
        return extensions.isSome(table) ? extensions.count(connection, table) > 0 : TableCount.any(connection, table);
    }
}
