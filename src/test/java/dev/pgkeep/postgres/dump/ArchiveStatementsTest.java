package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArchiveStatementsTest {
    private static final Map<String, String> USUAL = Map.of(
            "ENCODING", "SET client_encoding = 'UTF8';\n",
            "STDSTRINGS", "SET standard_conforming_strings = 'on';\n",
            "SEARCHPATH", "SELECT pg_catalog.set_config('search_path', '', false);\n");

    @Test
    void statements_fit_a_session_of_their_encoding() {
        assertThat(fit(USUAL, "UTF8")).isTrue();
        assertThat(fit(USUAL, "LATIN1")).isFalse();
        assertThat(fit(with("ENCODING", "SET client_encoding = 'SQL_ASCII';\n"), "SQL_ASCII"))
                .isTrue();
    }

    @Test
    void backslashes_in_strings_would_be_read_otherwise() {
        assertThat(fit(with("STDSTRINGS", "SET standard_conforming_strings = 'off';\n"), "UTF8"))
                .isFalse();
    }

    @Test
    void old_archives_mean_another_search_path_for_each_entry() {
        Map<String, String> old = new HashMap<>(USUAL);
        old.remove("SEARCHPATH");
        assertThat(fit(old, "UTF8")).isFalse();
        assertThat(fit(with("SEARCHPATH", "SELECT pg_catalog.set_config('search_path', 'public', false);\n"), "UTF8"))
                .isFalse();
    }

    private static Map<String, String> with(String type, String text) {
        Map<String, String> other = new HashMap<>(USUAL);
        other.put(type, text);
        return other;
    }

    private static boolean fit(Map<String, String> settings, String encoding) {
        return new ArchiveStatements(settings, Map.of()).fit(encoding);
    }
}
