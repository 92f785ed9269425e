package dev.pgkeep.postgres.swap;

import java.time.Duration;

/**
 * The course of a swap of names.
 *
 * @param closed how long nobody could connect, measured from before the lock was asked for until the server had
 *     answered that it is done; all attempts together
 * @param ended sessions that were ended
 * @param attempts how many it took
 */
public record DatabaseSwapped(Duration closed, int ended, int attempts) {}
