package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Manifest.ExtensionVersion;
import dev.pgkeep.postgres.catalog.ConnectionInUse;
import dev.pgkeep.postgres.catalog.TableInfo;
import java.util.List;

/**
 * The target as it is before a restore.
 *
 * @param properties its owner, encoding, settings and grants
 * @param tables its tables, of all kinds
 * @param objects tables, functions, types, schemas and large objects that a user made: what a restore cannot go beside
 * @param others objects of other kinds that a user made, and tables of extensions that hold something
 * @param bytes its size on the server
 * @param connections who else is connected
 * @param ownedByUs whether the connected role may drop it
 * @param extensions installed extensions
 * @param isProtected whether it bears the mark of {@code pgkeep protect}
 */
public record ExistingDatabase(
        DatabaseProperties properties,
        List<TableInfo> tables,
        long objects,
        long others,
        long bytes,
        List<ConnectionInUse> connections,
        boolean ownedByUs,
        List<ExtensionVersion> extensions,
        boolean isProtected) {

    /** Whether a backup can be loaded into it as it is. */
    public boolean isEmpty() {
        return objects == 0;
    }

    /** Whether anything is lost when it is dropped. */
    public boolean isWorthKeeping() {
        return objects > 0 || others > 0;
    }

    /** Tables that hold rows themselves: a partitioned table counts by its partitions. */
    public int tablesWithRows() {
        return Math.toIntExact(tables.stream().filter(TableInfo::hasDumpedRows).count());
    }

    /** Rows as the server estimates them. */
    public long estimatedRows() {
        return tables.stream()
                .filter(table -> table.kind().storesRows())
                .mapToLong(table -> Math.max(0, table.estimatedRows()))
                .sum();
    }

    /** The content of the database; one line. */
    public String content() {
        return Sizes.count(tablesWithRows(), "table") + ", about " + Sizes.count(estimatedRows(), "row") + ", "
                + Sizes.text(bytes);
    }

    /** The content of the database and who uses it; one line. */
    public String describe() {
        return content() + (connections.isEmpty() ? "" : ", " + Sizes.count(connections.size(), "connection"));
    }
}
