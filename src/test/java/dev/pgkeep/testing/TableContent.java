package dev.pgkeep.testing;

/**
 * What one relation (or one large object) holds.
 *
 * @param kind "table", "sequence", "materialized view" or "large object"
 * @param rows rows of a table, bytes of a large object, 1 for a sequence, -1 for a view that was never filled
 * @param hash equal for the same rows in any order; the state itself of a sequence
 */
public record TableContent(String kind, long rows, String hash) {}
