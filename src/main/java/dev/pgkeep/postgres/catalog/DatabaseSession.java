package dev.pgkeep.postgres.catalog;

/**
 * A session in a database.
 *
 * @param user its role
 * @param application what it calls itself; may be empty
 * @param client address, or {@code local}
 * @param mayEnd whether the connected role may end it
 */
public record DatabaseSession(int pid, String user, String application, String client, boolean mayEnd) {
    /** The session for people: {@code app@10.0.0.7 (worker)}. */
    public String describe() {
        return user + "@" + client + (application.isEmpty() ? "" : " (" + application + ")");
    }
}
