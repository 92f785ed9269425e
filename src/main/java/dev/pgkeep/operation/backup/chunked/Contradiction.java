package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.format.manifest.TableName;

/**
 * An extent whose rows no transaction changed since the backup before, and that reads otherwise nevertheless: somebody
 * else changed the server's files, or we err.
 *
 * @param table the table
 * @param firstBlock its first block
 * @param blocks how many
 */
public record Contradiction(TableName table, long firstBlock, int blocks) {
    @Override
    public String toString() {
        return table + ", blocks " + firstBlock + " to " + (firstBlock + blocks - 1);
    }
}
