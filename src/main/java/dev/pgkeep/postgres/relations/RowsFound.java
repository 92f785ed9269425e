package dev.pgkeep.postgres.relations;

/**
 * Rows that were found.
 *
 * @param content the same only where the rows are the same, whatever their order
 */
public record RowsFound(long count, String content) {}
