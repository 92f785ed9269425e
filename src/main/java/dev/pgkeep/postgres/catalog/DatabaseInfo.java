package dev.pgkeep.postgres.catalog;

/**
 * A database of a server, as seen from any other.
 *
 * @param bytes -1 where the role may not know
 * @param connectable whether the role may connect to it
 * @param open whether it allows connections at all
 * @param invalid whether a DROP DATABASE was broken off: nothing but another one is left to do
 * @param connections clients connected to it, this one left out
 * @param marked whether it bears the mark of {@link Protection}
 */
public record DatabaseInfo(
        String name,
        String owner,
        long bytes,
        boolean template,
        boolean connectable,
        boolean open,
        boolean invalid,
        int connections,
        boolean marked) {}
