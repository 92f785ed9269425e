package dev.pgkeep.operation.reset;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.TablesOnly;
import dev.pgkeep.postgres.snapshot.TableCount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what is in a database. */
final class Inventory {
    private Inventory() {}

    /** Rows of every table of which this role sees all rows, counted one by one. */
    static SortedMap<TableName, Long> rows(Connection connection) {
        SortedMap<TableName, Long> rows = new TreeMap<>();
        try (var tablesOnly = TablesOnly.in(connection)) {
            for (TableInfo table : new Catalog(connection).tables()) {
                if (table.hasDumpedRows() && table.readable() && !table.rowsHidden()) {
                    rows.put(table.name(), count(connection, table.name()));
                }
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "counting rows");
        }
        return rows;
    }

    private static long count(Connection connection, TableName table) {
        try {
            return TableCount.of(connection, table);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "counting the rows of " + table);
        }
    }
}
