package dev.pgkeep.operation.restore.proof;

import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.CopyTable.CopyColumn;
import dev.pgkeep.repository.contents.TableContents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rows that restored tables must hold. Not for several threads. */
final class Expected {
    private final int tables;
    private final Map<TableName, RowHash> wanted = new TreeMap<>();
    private final List<String> missing = new ArrayList<>();

    Expected(List<TableContents> tables) {
        this.tables = tables.size();
    }

    /**
     * Notes what a table must hold, under its root where it is a partition.
     *
     * @param there the table as it is on the server
     * @return how it is to be read: the same columns in the same form as they were backed up, whatever order and form
     *     this server would choose; empty when that cannot be
     */
    Optional<CopyTable> expect(TableContents backup, Optional<CopyTable> there) {
        Optional<CopyTable> table = there.flatMap(present -> asBackedUp(present, backup));
        if (table.isPresent()) {
            wanted.merge(table.get().contentName(), backup.content(), RowHash::plus);
        } else {
            missing.add(backup.name() + (there.isEmpty() ? " is missing" : " has other columns"));
        }
        return table;
    }

    /** @param found what is there, by the same names */
    Comparison compare(Map<TableName, RowHash> found) {
        List<String> differences = new ArrayList<>(missing);
        long rows = 0;
        for (Map.Entry<TableName, RowHash> each : wanted.entrySet()) {
            RowHash other = found.getOrDefault(each.getKey(), RowHash.EMPTY);
            rows += other.rows();
            if (other.rows() != each.getValue().rows()) {
                differences.add(each.getKey() + " has " + other.rows() + " rows instead of "
                        + each.getValue().rows());
            } else if (!other.equals(each.getValue())) {
                differences.add("the " + other.rows() + " rows of " + each.getKey() + " are not those of the backup");
            }
        }
        return new Comparison(tables, rows, differences, new TreeMap<>(), true);
    }

    private static Optional<CopyTable> asBackedUp(CopyTable table, TableContents backup) {
        Map<String, CopyColumn> columns = new HashMap<>();
        table.columns().forEach(column -> columns.put(column.name(), column));
        List<CopyColumn> ordered = new ArrayList<>();
        for (TableContents.Column column : backup.columns()) {
            CopyColumn there = columns.get(column.name());
            if (there == null) {
                return Optional.empty();
            }
            ordered.add(there);
        }
        return Optional.of(table.reading(ordered, backup.format()));
    }
}
