package dev.pgkeep.postgres.catalog;

/**
 * A database of a server, as seen from any other.
 *
 * @param bytes -1 where the role may not know
 * @param connectable whether the role may connect to it
 * @param connections clients connected to it, this one left out
 * @param marked whether it bears the mark of {@link Protection}
 */
public record DatabaseInfo(
        String name,
        String owner,
        long bytes,
        boolean template,
        boolean connectable,
        int connections,
        boolean marked) {}
