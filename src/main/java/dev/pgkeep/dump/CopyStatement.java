package dev.pgkeep.dump;

import dev.pgkeep.manifest.TableName;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of rows in a script: {@code COPY schema.table (a, "B") FROM stdin;}.
 *
 * @param table the table; the schema is empty where the script leaves it to the search path
 * @param columns in the order of the values; empty where the script does not list them
 */
record CopyStatement(TableName table, List<String> columns) {
    private static final int SHOWN = 4096;

    /** Whether a statement is a COPY whose rows follow in the script. */
    static boolean isCopyFromStdin(byte[] text, int from) {
        if (text.length - from < 16
                || !new String(text, from, 5, StandardCharsets.US_ASCII)
                        .toUpperCase(Locale.ROOT)
                        .equals("COPY ")) {
            return false;
        }
        int tail = Math.max(from, text.length - SHOWN);
        String end = new String(text, tail, text.length - tail, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
        return end.matches("(?s).*\\sFROM\\s+STDIN\\b[^']*;\\s*");
    }

    /** Reads the statement; empty when it is written in a way that pg_dump never writes. */
    static Optional<CopyStatement> parse(byte[] text, int from, Charset charset) {
        var words = new Scanner(new String(text, from + 5, text.length - from - 5, charset));
        Optional<String> first = words.name();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        TableName table = new TableName("", first.get());
        if (words.take('.')) {
            Optional<String> second = words.name();
            if (second.isEmpty()) {
                return Optional.empty();
            }
            table = new TableName(first.get(), second.get());
        }
        List<String> columns = new ArrayList<>();
        if (words.take('(')) {
            while (!words.take(')')) {
                Optional<String> column = words.name();
                if (column.isEmpty()) {
                    return Optional.empty();
                }
                columns.add(column.get());
                words.take(',');
            }
        }
        return Optional.of(new CopyStatement(table, List.copyOf(columns)));
    }

    /** Reads names, quoted or not, and single characters, skipping spaces between them. */
    private static final class Scanner {
        private final String text;
        private int at;

        private Scanner(String text) {
            this.text = text;
        }

        private Optional<String> name() {
            skipSpace();
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            int start = at;
            while (at < text.length() && isNamePart(text.charAt(at))) {
                at++;
            }
            return at == start
                    ? Optional.empty()
                    : Optional.of(text.substring(start, at).toLowerCase(Locale.ROOT));
        }

        private Optional<String> quoted() {
            StringBuilder name = new StringBuilder();
            for (at++; at < text.length(); at++) {
                if (text.charAt(at) != '"') {
                    name.append(text.charAt(at));
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    name.append('"');
                    at++;
                } else {
                    at++;
                    return Optional.of(name.toString());
                }
            }
            return Optional.empty();
        }

        private boolean take(char wanted) {
            skipSpace();
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isNamePart(char each) {
            return Character.isLetterOrDigit(each) || each == '_' || each == '$';
        }
    }
}
