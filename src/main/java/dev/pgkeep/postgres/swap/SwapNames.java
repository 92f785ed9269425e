package dev.pgkeep.postgres.swap;

import java.util.Optional;

/**
 * The names that databases get in a swap.
 *
 * @param database the name that changes hands
 * @param successor the database that gets it
 * @param keptAs the name that the present one gets, whether it is kept or dropped then
 * @param note what is noted about the present one; empty where it is going to be dropped
 */
public record SwapNames(String database, String successor, String keptAs, Optional<KeptDatabaseComment> note) {}
