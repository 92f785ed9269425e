package dev.pgkeep.app.config;

/**
 * The text of a connection as somebody wrote it, and where that was. It may hold a password, so it never prints itself.
 *
 * @param text a URL or libpq keyword text; empty when the {@code PG*} variables alone tell
 * @param origin where it was written, for people, for instance {@code DATABASE_URL in .env}
 */
public record ConnectionText(String text, String origin) {
    @Override
    public String toString() {
        return "ConnectionText[" + origin + "]";
    }
}
