package dev.pgkeep.postgres.swap;

/**
 * The names that databases get in a swap.
 *
 * @param database the name that changes hands
 * @param successor the database that gets it
 * @param keptAs the name that the present one gets
 * @param note what is noted about the present one
 */
public record SwapNames(String database, String successor, String keptAs, KeptDatabaseComment note) {}
