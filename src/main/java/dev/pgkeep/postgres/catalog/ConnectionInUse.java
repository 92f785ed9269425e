package dev.pgkeep.postgres.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A connection of somebody else to a database.
 *
 * @param client address, or {@code local} for a unix socket (or where the role may not know)
 * @param state for instance {@code idle}, {@code active}; empty where the role may not know
 * @param since when it entered that state
 */
public record ConnectionInUse(
        int pid, Optional<String> user, String application, String client, Optional<String> state, Instant since) {}
