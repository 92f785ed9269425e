package dev.pgkeep.operation.restore.swap;

import dev.pgkeep.postgres.swap.DatabaseSwapped;
import java.time.Instant;

/**
 * The fate of the database that had the name before.
 *
 * @param kept its name now
 * @param until when it may go
 * @param exchanged how long nobody could connect, and who was ended
 */
public record Swapped(String kept, Instant until, DatabaseSwapped exchanged) {}
