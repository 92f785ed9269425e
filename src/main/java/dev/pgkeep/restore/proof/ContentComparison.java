package dev.pgkeep.restore.proof;

import dev.pgkeep.columnar.RowHash;
import dev.pgkeep.contents.TableContents;
import dev.pgkeep.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.copy.ContentReader;
import dev.pgkeep.postgres.copy.CopyCatalog;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.CopyTable.CopyColumn;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.progress.Cancellation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads restored tables back as a backup reads them, and compares count and content of their rows. Partitions are
 * compared as one table: a partition key may sort a row into another leaf after a restore, which loses nothing.
 */
public final class ContentComparison {
    private final Connector connector;
    private final Target database;
    private final int connections;
    private final Cancellation cancellation;

    public ContentComparison(Connector connector, Target database, int connections, Cancellation cancellation) {
        this.connector = connector;
        this.database = database;
        this.connections = connections;
        this.cancellation = cancellation;
    }

    public Comparison against(List<TableContents> expected) {
        if (expected.isEmpty()) {
            return Comparison.NONE;
        }
        try (Snapshot snapshot = Snapshot.take(connector, database, "pgkeep")) {
            Map<TableName, CopyTable> present = new HashMap<>();
            CopyCatalog.read(snapshot.connection()).forEach(table -> present.put(table.name(), table));
            List<CopyTable> tables = new ArrayList<>();
            Map<TableName, RowHash> wanted = new TreeMap<>();
            List<String> missing = new ArrayList<>();
            for (TableContents each : expected) {
                CopyTable there = present.get(each.name());
                CopyTable table = there == null ? null : asBackedUp(there, each);
                if (table == null) {
                    missing.add(each.name() + (there == null ? " is missing" : " has other columns"));
                } else {
                    tables.add(table);
                    wanted.merge(table.contentName(), each.content(), RowHash::plus);
                }
            }
            Map<TableName, RowHash> found = ContentReader.byRoot(
                    tables,
                    new ContentReader(connector, database, "pgkeep", connections)
                            .read(tables, snapshot.id(), cancellation));
            return compare(expected.size(), wanted, found, missing);
        }
    }

    private static Comparison compare(
            int tables, Map<TableName, RowHash> wanted, Map<TableName, RowHash> found, List<String> missing) {
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
        return new Comparison(tables, rows, differences, true);
    }

    /** Read the same columns in the same form, whatever order and form this server would choose. */
    private static @Nullable CopyTable asBackedUp(CopyTable table, TableContents backup) {
        Map<String, CopyColumn> columns = new HashMap<>();
        table.columns().forEach(column -> columns.put(column.name(), column));
        List<CopyColumn> ordered = new ArrayList<>();
        for (TableContents.Column column : backup.columns()) {
            CopyColumn there = columns.get(column.name());
            if (there == null) {
                return null;
            }
            ordered.add(there);
        }
        return new CopyTable(
                table.name(),
                table.oid(),
                table.root(),
                table.loadThroughRoot(),
                backup.format(),
                ordered,
                table.fileNode(),
                table.blocks(),
                table.blockRanges(),
                table.bytes(),
                table.toastBytes(),
                table.extension());
    }
}
