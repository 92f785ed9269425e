package dev.pgkeep.postgres.connect;

import java.util.List;
import java.util.Map;

/**
 * The settings of a text, before names are understood: libpq names for user, password, host, port and dbname, whatever
 * the text calls the rest.
 *
 * @param values in the order of the text
 */
record RawSettings(Map<String, String> values, Form form, List<String> notes) {
    /** How the text is written, which says what its names may be. */
    enum Form {
        /** As libpq's own, a service of its file too: by names that it knows, and no others. */
        KEYWORDS,
        /** A URL, in which drivers and mappers put names of their own. */
        URL,
        /** A URL whose parameters mean what they mean to the JDBC driver. */
        JDBC
    }

    /** Prints names only: values may be secret. */
    @Override
    public String toString() {
        return "RawSettings" + values.keySet();
    }
}
