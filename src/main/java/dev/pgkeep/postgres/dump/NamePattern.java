package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern for names as psql and pg_dump take it: {@code orders}, {@code sales.*}, {@code "Odd.Name"}. Without quotes
 * {@code *} and {@code ?} are wildcards and capitals do not count; a dot separates schema and name.
 */
public final class NamePattern {
    private final String text;
    private final Optional<Pattern> schema;
    private final Pattern name;

    private NamePattern(String text, Optional<Pattern> schema, Pattern name) {
        this.text = text;
        this.schema = schema;
        this.name = name;
    }

    public static NamePattern of(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    regex.append(Pattern.quote("\""));
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (quoted) {
                regex.append(Pattern.quote(String.valueOf(each)));
            } else if (each == '.') {
                parts.add(regex.toString());
                regex.setLength(0);
            } else {
                regex.append(unquoted(each));
            }
        }
        parts.add(regex.toString());
        Pattern name = compile(parts.getLast());
        return new NamePattern(
                text, parts.size() > 1 ? Optional.of(compile(parts.get(parts.size() - 2))) : Optional.empty(), name);
    }

    public boolean matches(TableName table) {
        return name.matcher(table.name()).matches()
                && schema.map(pattern -> pattern.matcher(table.schema()).matches())
                        .orElse(true);
    }

    /** Whether the pattern names a schema; otherwise pg_dump takes it for tables on the search path alone. */
    public boolean namesSchema() {
        return schema.isPresent();
    }

    /** Whether a single name, of a schema say, matches. */
    public boolean matchesName(String single) {
        return name.matcher(single).matches();
    }

    @Override
    public String toString() {
        return text;
    }

    private static String unquoted(char each) {
        return switch (each) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(each).toLowerCase(Locale.ROOT));
        };
    }

    private static Pattern compile(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
