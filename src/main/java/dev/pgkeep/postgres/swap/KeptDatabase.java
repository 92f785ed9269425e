package dev.pgkeep.postgres.swap;

import java.time.Instant;

/**
 * A database that was replaced and is kept for a while.
 *
 * @param name its name now
 * @param oid its number on the server
 * @param note what it was, and until when it is kept
 * @param bytes -1 where the role may not know
 * @param ours whether the connected role may rename and drop it
 * @param template whether it is a template
 * @param connections clients connected to it
 */
public record KeptDatabase(
        String name, long oid, KeptDatabaseComment note, long bytes, boolean ours, boolean template, int connections) {
    /** Whether the time of a kept database has passed. */
    public boolean isOver(Instant now) {
        return !now.isBefore(note.until());
    }
}
