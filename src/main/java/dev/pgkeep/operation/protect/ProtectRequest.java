package dev.pgkeep.operation.protect;

import dev.pgkeep.postgres.connect.Target;

/**
 * The wish about the mark of a database.
 *
 * @param marked whether the database is to bear it
 * @param dryRun only tells whether that would change anything
 */
public record ProtectRequest(Target target, boolean marked, boolean dryRun) {}
