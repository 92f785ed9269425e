package dev.pgkeep.operation.demo;

/**
 * The content of one table, materialised view or sequence.
 *
 * @param kind {@code table}, {@code materialized view}, {@code sequence} or {@code large objects}
 * @param rows rows in it, those of partitions too
 * @param hash equal for the same rows in any order
 */
public record Relation(String name, String kind, long rows, String hash) {}
