package dev.pgkeep.operation.guard;

import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.migrations.AppliedMigrations;
import dev.pgkeep.postgres.schema.Schema;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a database at one moment.
 *
 * @param migrations what migration tools have applied, the main tool first
 * @param rows rows per table, partitions as their root; empty before they are counted
 * @param sequences the last value of every sequence that has given one
 * @param database owner, settings and rights of the database itself
 */
public record DatabaseState(
        Schema schema,
        List<AppliedMigrations> migrations,
        SortedMap<TableName, RowCount> rows,
        SortedMap<String, Long> sequences,
        DatabaseProperties database) {

    public DatabaseState {
        migrations = List.copyOf(migrations);
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
    }

    /** Rows of a table; not exact where counting would have taken too long. */
    public record RowCount(long rows, boolean exact) {
        RowCount plus(RowCount other) {
            return new RowCount(rows + other.rows, exact && other.exact);
        }
    }

    /** This state with the rows that a backup of this moment holds. */
    DatabaseState withRowsOf(Manifest backup) {
        SortedMap<TableName, RowCount> counted = new TreeMap<>();
        for (Manifest.Table table : backup.tables()) {
            TableName root = table.partitionOf();
            TableName name = root == null ? new TableName(table.schema(), table.name()) : root;
            counted.merge(name, new RowCount(table.rows(), true), RowCount::plus);
        }
        return new DatabaseState(schema, migrations, counted, sequences, database);
    }

    /** The migrations as the history notes them. */
    List<Manifest.Migrations> noted() {
        return migrations.stream().map(AppliedMigrations::toManifest).toList();
    }

    /** Tables whose rows are not as many as before; where one of the two is an estimate, it is not told. */
    public Map<TableName, long[]> rowsChangedSince(DatabaseState before) {
        Map<TableName, long[]> changed = new TreeMap<>();
        rows.forEach((table, now) -> {
            RowCount was = before.rows.getOrDefault(table, new RowCount(0, true));
            if (now.exact() && was.exact() && now.rows() != was.rows()) {
                changed.put(table, new long[] {was.rows(), now.rows()});
            }
        });
        before.rows.forEach((table, was) -> {
            if (!rows.containsKey(table) && was.rows() != 0) {
                changed.put(table, new long[] {was.rows(), 0});
            }
        });
        return changed;
    }
}
