package dev.pgkeep.postgres.connect;

import java.util.List;
import java.util.Map;

/**
 * The settings of a text, before names are understood: libpq names for user, password, host, port and dbname, whatever
 * the text calls the rest.
 *
 * @param jdbc whether parameters mean what they mean to the JDBC driver
 */
record RawSettings(Map<String, String> values, boolean jdbc, List<String> notes) {
    /** Prints names only: values may be secret. */
    @Override
    public String toString() {
        return "RawSettings" + values.keySet();
    }
}
