package dev.pgkeep.postgres.catalog;

import java.util.Optional;

/**
 * A database with its comment.
 *
 * @param oid its number, which a renaming does not change
 * @param bytes -1 where the role may not know
 * @param ours whether the connected role may rename and drop it
 * @param template whether it is a template, which cannot be dropped as it is
 * @param connections clients connected to it
 */
public record CommentedDatabase(
        String name, long oid, Optional<String> comment, long bytes, boolean ours, boolean template, int connections) {}
