package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.repository.contents.TableContents;
import java.util.List;

/**
 * The part of a backup of chunks that is loaded.
 *
 * @param tables tables whose rows are loaded
 * @param entries entries of the skeleton, in its order
 * @param whole whether that is everything
 * @param alone whether nobody else knows the database
 * @param clean whether what is there already is dropped before it is made
 * @param wanted what is done with the tables beside loading them
 */
public record LoadSelection(
        List<TableContents> tables,
        List<Entry> entries,
        boolean whole,
        boolean alone,
        boolean clean,
        PostLoadTasks wanted) {
    public LoadSelection {
        tables = List.copyOf(tables);
        entries = List.copyOf(entries);
    }
}
