package dev.pgkeep.postgres.connect;

import java.util.List;
import java.util.Map;

/**
 * What a text says, before names are understood: libpq names for user, password, host, port and dbname, whatever the
 * text calls the rest.
 *
 * @param jdbc whether parameters mean what they mean to the JDBC driver
 */
record RawSettings(Map<String, String> values, boolean jdbc, List<String> notes) {
    /** Only names: values may be secret. */
    @Override
    public String toString() {
        return "RawSettings" + values.keySet();
    }
}
