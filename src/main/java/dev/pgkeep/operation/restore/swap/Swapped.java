package dev.pgkeep.operation.restore.swap;

import dev.pgkeep.postgres.swap.DatabaseSwapped;
import java.time.Instant;
import java.util.Optional;

/**
 * The course of an exchange of names, and the fate of the database that had the name before.
 *
 * @param kept the database that was replaced, where it is kept; empty where it was dropped
 * @param exchanged how long nobody could connect, and who was ended
 */
public record Swapped(Optional<Kept> kept, DatabaseSwapped exchanged) {
    /**
     * A database that was replaced and is kept.
     *
     * @param name its name now
     * @param until when it may go
     */
    public record Kept(String name, Instant until) {}

    /** An exchange of names after which the old database is kept. */
    public static Swapped keeping(String name, Instant until, DatabaseSwapped exchanged) {
        return new Swapped(Optional.of(new Kept(name, until)), exchanged);
    }

    /** An exchange of names after which the old database goes. */
    public static Swapped dropping(DatabaseSwapped exchanged) {
        return new Swapped(Optional.empty(), exchanged);
    }
}
