package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Planner statistics of what the workers left: materialised views, partitioned tables without rows, and tables that
 * others inherit from, whose statistics count the rows of all. Without any the first queries would be slow.
 */
public final class Statistics {
    private static final String LEFT = """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE (c.relkind = 'm' OR c.relkind = 'p' AND c.reltuples < 0
                   OR c.relkind = 'r' AND (c.reltuples < 0 OR c.relhassubclass))
              AND NOT c.relispartition AND c.relpersistence <> 't'
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            ORDER BY 1, 2""";

    private Statistics() {}

    /** @return what could not be done, one line each */
    public static List<String> gather(Connection inside, Predicate<TableName> wanted) {
        List<String> notes = new ArrayList<>();
        try (Statement statement = inside.createStatement()) {
            statement.setEscapeProcessing(false);
            for (TableName table : left(statement)) {
                if (wanted.test(table)) {
                    analyze(statement, table, notes);
                }
            }
        } catch (SQLException e) {
            notes.add(missing("some tables", e));
        }
        return notes;
    }

    static String missing(TableName table, SQLException e) {
        return missing(table.toString(), e);
    }

    private static String missing(String what, SQLException e) {
        return "no statistics were gathered for " + what + " (" + e.getMessage() + "); run ANALYZE when there is time";
    }

    private static List<TableName> left(Statement statement) throws SQLException {
        List<TableName> tables = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(LEFT)) {
            while (row.next()) {
                tables.add(new TableName(row.getString(1), row.getString(2)));
            }
        }
        return tables;
    }

    private static void analyze(Statement statement, TableName table, List<String> notes) {
        try {
            statement.execute("ANALYZE " + Sql.identifier(table.schema(), table.name()));
        } catch (SQLException e) {
            notes.add(missing(table, e));
        }
    }
}
