package dev.pgkeep.postgres.relations;

/**
 * Rows that are meant.
 *
 * @param condition SQL that says which, as it stands after WHERE
 * @param origin where it was written, for error messages
 */
public record Seed(Relation relation, String condition, String origin) {}
