package dev.pgkeep.postgres.dump;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that a script tells itself, of those that decide how it is read. It sees what stands openly, as pg_dump
 * writes it; where a script is sent to a server, the server is asked instead.
 */
final class ToldSettings implements ScriptSettings {
    private static final String VALUE = "(?:E?'([^']*)'|([\\w.-]+))";
    private static final Pattern SET = Pattern.compile(
            "SET\\s+(?:SESSION\\s+|LOCAL\\s+)?(client_encoding|standard_conforming_strings|NAMES)"
                    + "\\s*(?:=|\\bTO\\b|\\s)\\s*" + VALUE + ".*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern SET_CONFIG = Pattern.compile(
            "SELECT\\s.*?\\bset_config\\s*\\(\\s*E?'(client_encoding|standard_conforming_strings)'\\s*,\\s*" + VALUE
                    + ".*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Set<String> OFF = Set.of("off", "of", "false", "fals", "fal", "fa", "f", "no", "n", "0");

    private boolean standardStrings = true;
    private String encoding = "UTF8";

    @Override
    public boolean standardStrings() {
        return standardStrings;
    }

    @Override
    public String encoding() {
        return encoding;
    }

    /** Takes the beginning of a statement, without comments before it. */
    void follow(String statement) {
        if (statement.length() < 4 || (statement.charAt(0) | 0x20) != 's') {
            return;
        }
        Matcher set = SET.matcher(statement);
        Matcher config = set.matches() ? set : SET_CONFIG.matcher(statement);
        if (config.matches()) {
            String value = config.group(2) == null ? config.group(3) : config.group(2);
            if (config.group(1).equalsIgnoreCase("standard_conforming_strings")) {
                standardStrings = !OFF.contains(value.toLowerCase(Locale.ROOT));
            } else {
                encoding = value;
            }
        }
    }
}
