package dev.pgkeep.app.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file as the tools that made them popular do: {@code export} in front, single, double and back
 * quotes (all may span lines), comments, <code>$NAME</code>, <code>${NAME}</code> and <code>${NAME:-default}</code>
 * outside single quotes. Such a file belongs to the application, so lines that make no sense are skipped.
 */
final class DotEnv {
    private static final Pattern START = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=[ \\t]*");
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*$");
    private static final Pattern VARIABLE = Pattern.compile(
            "\\\\\\$|\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^}]*))?}|\\$([A-Za-z_][A-Za-z0-9_]*)");

    private final String text;
    private final Map<String, String> environment;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> unknown = new LinkedHashMap<>();
    private String reading = "";
    private int at;

    private DotEnv(String text, Map<String, String> environment) {
        this.text = text;
        this.environment = environment;
    }

    /**
     * The variables of a file.
     *
     * @param unknown for a variable whose value refers to another one that nobody sets and has no default for it, the
     *     name of that; its value has nothing in the place
     */
    record Content(Map<String, String> values, Map<String, String> unknown) {
        /** Prints names only: values may be secret. */
        @Override
        public String toString() {
            return "Content" + values.keySet();
        }
    }

    /** @param environment what references resolve to before names of the file itself do */
    static Content parse(String content, Map<String, String> environment) {
        String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
        var file = new DotEnv(text.replace("\r\n", "\n").replace('\r', '\n'), environment);
        file.readAll();
        return new Content(file.values, file.unknown);
    }

    private void readAll() {
        while (at < text.length()) {
            int end = endOfLine(at);
            var start = START.matcher(text).region(at, end);
            if (start.lookingAt()) {
                at = start.end();
                reading = start.group(1);
                unknown.remove(reading);
                values.put(reading, value());
            }
            at = endOfLine(at) + 1;
        }
    }

    private String value() {
        char quote = at < text.length() ? text.charAt(at) : '\n';
        if (quote == '"' || quote == '\'' || quote == '`') {
            int close = closing(quote);
            if (close > 0) {
                String inside = text.substring(at + 1, close);
                at = close + 1;
                return switch (quote) {
                    case '"' -> expand(unescape(inside));
                    case '`' -> expand(inside);
                    default -> inside;
                };
            }
        }
        String line = text.substring(at, endOfLine(at));
        return expand(COMMENT.matcher(line).replaceFirst("").strip());
    }

    /** The position of the quote that ends the value, or -1; a backslash hides one inside double quotes. */
    private int closing(char quote) {
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && quote == '"') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i;
            }
        }
        return -1;
    }

    private static String unescape(String inside) {
        var out = new StringBuilder();
        for (int i = 0; i < inside.length(); i++) {
            char letter = inside.charAt(i);
            if (letter != '\\' || i + 1 == inside.length()) {
                out.append(letter);
                continue;
            }
            char next = inside.charAt(++i);
            switch (next) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case '"', '\\' -> out.append(next);
                default -> out.append('\\').append(next);
            }
        }
        return out.toString();
    }

    private String expand(String value) {
        return VARIABLE.matcher(value).replaceAll(match -> {
            String braced = match.group(1);
            String name = braced == null ? match.group(3) : braced;
            if (name == null) {
                // Escaped, or two of them: neither is the beginning of a name.
                return match.group().startsWith("\\") ? "\\$" : "\\$\\$";
            }
            String known = environment.getOrDefault(name, values.getOrDefault(name, ""));
            String standard = match.group(2) == null ? "" : match.group(2);
            if (match.group(2) == null && !environment.containsKey(name) && !values.containsKey(name)) {
                unknown.putIfAbsent(reading, name);
            }
            return Matcher.quoteReplacement(known.isEmpty() ? standard : known);
        });
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
