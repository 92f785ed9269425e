package dev.pgkeep.operation.restore.proof;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.ExtensionRows;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.TablesOnly;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts the rows of a restored database. Partitions are compared as one table: a partition key may sort a row into
 * another leaf after a restore (hash partitions over an enum do), which loses nothing.
 */
public final class RowComparison {
    private static final int TABLES_PER_QUERY = 40;
    private static final String ROOTS = """
            SELECT n.nspname, c.relname, rn.nspname, rc.relname
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class rc ON rc.oid = pg_partition_root(c.oid)
            JOIN pg_namespace rn ON rn.oid = rc.relnamespace
            WHERE c.relispartition AND c.relkind = 'r'""";

    private final Connection connection;
    private final Progress progress;
    private final Cancellation cancellation;
    /** Rows of these are in their partitions. */
    private final Set<TableName> partitioned = new HashSet<>();
    /** The names that are no table's. */
    private final Set<TableName> others = new HashSet<>();

    public RowComparison(Connection connection, Progress progress, Cancellation cancellation) {
        this.connection = connection;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Compares counts.
     *
     * @param wanted rows per table; one whose schema is empty is looked for by its name
     */
    public Comparison against(SortedMap<TableName, Long> wanted) {
        try (var registration = cancellation.onCancel(() -> SessionTermination.abort(connection))) {
            showEveryRow();
            SortedMap<TableName, Long> expected = placed(wanted);
            Map<TableName, TableName> roots = roots();
            Map<TableName, Long> found = count(List.copyOf(expected.keySet()));
            selectDumped(expected, found);
            return compare(expected.size(), byRoot(expected, roots), byRoot(found, roots));
        } catch (SQLException e) {
            cancellation.check();
            throw SqlErrors.translate(e, "counting the restored rows");
        }
    }

    /** Counts the rows that are there now, of tables whose rows cannot be told from the backup. */
    public Comparison now(Set<TableName> tables) {
        SortedMap<TableName, Long> some = new TreeMap<>();
        tables.forEach(table -> some.put(table, 0L));
        try (var registration = cancellation.onCancel(() -> SessionTermination.abort(connection))) {
            showEveryRow();
            Map<TableName, Long> found = count(List.copyOf(placed(some).keySet()));
            return new Comparison(0, 0, List.of(), new TreeMap<>(found), false);
        } catch (SQLException e) {
            cancellation.check();
            throw SqlErrors.translate(e, "counting the restored rows");
        }
    }

    /** The tables with their schema: a name without one means the only one that has such a table. */
    private SortedMap<TableName, Long> placed(SortedMap<TableName, Long> tables) throws SQLException {
        SortedMap<TableName, Long> placed = new TreeMap<>();
        Map<String, TableName> byName = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        Set<TableName> own = tables(false);
        if (tables.keySet().stream().anyMatch(table -> table.schema().isEmpty())) {
            for (TableName table : own) {
                if (byName.put(table.name(), table) != null) {
                    ambiguous.add(table.name());
                }
            }
        }
        tables.forEach((table, rows) -> {
            if (!table.schema().isEmpty()) {
                placed.merge(table, rows, Long::sum);
            } else if (!ambiguous.contains(table.name())) {
                placed.merge(byName.getOrDefault(table.name(), table), rows, Long::sum);
            }
        });
        // What is put into a view, or into a foreign table, is counted nowhere here.
        placed.keySet()
                .removeIf(table -> others.contains(table)
                        || table.schema().isEmpty()
                                && others.stream()
                                        .anyMatch(other -> other.name().equals(table.name())));
        return placed;
    }

    /**
     * Takes of tables of extensions the rows that a dump holds; backups of earlier days have all that were in the
     * table.
     */
    private void selectDumped(Map<TableName, Long> expected, Map<TableName, Long> found) throws SQLException {
        ExtensionRows extensions = ExtensionRows.of(connection);
        for (Map.Entry<TableName, Long> each : found.entrySet()) {
            if (extensions.isSome(each.getKey()) && !each.getValue().equals(expected.get(each.getKey()))) {
                each.setValue(extensions.count(connection, each.getKey()));
            }
        }
    }

    /** Makes rows that the role may not see an error, and no difference. */
    private void showEveryRow() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET row_security = off");
        }
    }

    private static Comparison compare(int tables, Map<TableName, Long> expected, Map<TableName, Long> found) {
        List<String> differences = new ArrayList<>();
        long rows = 0;
        for (Map.Entry<TableName, Long> each : expected.entrySet()) {
            Long count = found.get(each.getKey());
            if (count == null) {
                differences.add(each.getKey() + " is missing");
            } else {
                rows += count;
                if (!count.equals(each.getValue())) {
                    differences.add(each.getKey() + " has " + count + " rows instead of " + each.getValue());
                }
            }
        }
        return new Comparison(tables, rows, differences, new TreeMap<>(), false);
    }

    private Map<TableName, Long> count(List<TableName> tables) throws SQLException {
        Map<TableName, Long> counts = new HashMap<>();
        List<TableName> present = present(tables);
        for (int from = 0; from < present.size(); from += TABLES_PER_QUERY) {
            cancellation.check();
            List<TableName> some = present.subList(from, Math.min(present.size(), from + TABLES_PER_QUERY));
            List<String> queries = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                TableName table = some.get(i);
                queries.add("SELECT " + i + ", count(*) FROM " + (partitioned.contains(table) ? "" : "ONLY ")
                        + Sql.identifier(table.schema(), table.name()));
            }
            try (var tablesOnly = TablesOnly.in(connection);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(String.join(" UNION ALL ", queries))) {
                while (row.next()) {
                    counts.put(some.get(row.getInt(1)), row.getLong(2));
                }
            }
            progress.advance(new Progress.Amount(
                    from + some.size(), present.size(), 0, some.getLast().toString()));
        }
        return counts;
    }

    private List<TableName> present(List<TableName> tables) throws SQLException {
        List<TableName> present = new ArrayList<>(tables);
        present.retainAll(tables(true));
        return present;
    }

    /** Tables of the database, with those of the system or without. */
    private Set<TableName> tables(boolean all) throws SQLException {
        Set<TableName> found = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT n.nspname, c.relname, c.relkind FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'f')"
                        + (all ? "" : " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"))) {
            while (row.next()) {
                TableName table = new TableName(row.getString(1), row.getString(2));
                switch (row.getString(3)) {
                    case "p" -> {
                        found.add(table);
                        partitioned.add(table);
                    }
                    case "r" -> found.add(table);
                    default -> others.add(table);
                }
            }
        }
        return found;
    }

    private Map<TableName, TableName> roots() throws SQLException {
        Map<TableName, TableName> roots = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROOTS)) {
            while (row.next()) {
                roots.put(
                        new TableName(row.getString(1), row.getString(2)),
                        new TableName(row.getString(3), row.getString(4)));
            }
        }
        return roots;
    }

    private static Map<TableName, Long> byRoot(Map<TableName, Long> counts, Map<TableName, TableName> roots) {
        Map<TableName, Long> sums = new TreeMap<>();
        counts.forEach((table, rows) -> sums.merge(roots.getOrDefault(table, table), rows, Long::sum));
        return sums;
    }
}
