package dev.pgkeep.operation.restore.source;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.TableName;

/**
 * Rows of a backup that cannot be read any more.
 *
 * @param table their table
 * @param firstBlock first block of the table, as it was backed up, that they lay in
 * @param blocks how many blocks
 * @param rows how many rows
 * @param problem what is wrong with the chunk that held them
 */
public record MissingRows(TableName table, long firstBlock, long blocks, long rows, String problem) {
    /** The rows and the problem, for people: {@code 1,204 rows of public.orders in blocks 512 to 1023 (…)}. */
    public String describe() {
        return where() + " (" + problem + ")";
    }

    /** The rows for people, without what is wrong. */
    public String where() {
        return Sizes.count(rows, "row") + " of " + table + " in blocks " + firstBlock + " to "
                + (firstBlock + blocks - 1);
    }
}
