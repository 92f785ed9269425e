package dev.pgkeep.postgres.dump;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statements in an archive's table of contents as the bytes that pg_dump wrote, for a session that is made ready
 * for them: under an empty search path, in the archive's encoding.
 */
public final class ArchiveStatements {
    private static final String ENCODING = "ENCODING";
    private static final String STRINGS = "STDSTRINGS";
    private static final String PATH = "SEARCHPATH";

    /** The types of the entries that hold for all others. */
    static final Set<String> SETTINGS = Set.of(ENCODING, STRINGS, PATH);

    private final Map<String, String> settings;
    private final Map<Integer, byte[]> statements;

    ArchiveStatements(Map<String, String> settings, Map<Integer, byte[]> statements) {
        this.settings = settings;
        this.statements = statements;
    }

    /**
     * Whether statements mean what they say in a session with that encoding, with an empty search path and with
     * standard strings. Old archives have a search path for each entry.
     *
     * @param encoding as the server spells it
     */
    public boolean fit(String encoding) {
        return settings.getOrDefault(ENCODING, "").strip().equals("SET client_encoding = '" + encoding + "';")
                && settings.getOrDefault(STRINGS, "").strip().equals("SET standard_conforming_strings = 'on';")
                && settings.getOrDefault(PATH, "")
                        .strip()
                        .equals("SELECT pg_catalog.set_config('search_path', '', false);");
    }

    /** The statements that make an entry, one or several; empty where it has none. */
    public Optional<byte[]> of(int entry) {
        return Optional.ofNullable(statements.get(entry));
    }
}
