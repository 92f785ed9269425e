package dev.pgkeep.dump;

import dev.pgkeep.manifest.TableName;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of rows in a script: {@code COPY schema.table (a, "B") FROM stdin;}.
 *
 * @param table the table; the schema is empty where the script leaves it to the search path
 * @param columns in the order of the values; empty where the script does not list them
 */
record CopyStatement(TableName table, List<String> columns) {
    private static final int SHOWN = 4096;
    private static final Pattern SETVAL = Pattern.compile(
            "SELECT\\s+(?:pg_catalog\\.)?setval\\s*\\(\\s*(E)?'((?:[^']|'')*+)'", Pattern.CASE_INSENSITIVE);

    /** Whether a statement is a COPY whose rows follow in the script. */
    static boolean isFromStdin(byte[] text, int from) {
        return text.length - from > 5
                && new String(text, from, 4, StandardCharsets.US_ASCII).equalsIgnoreCase("COPY")
                && parse(text, from, StandardCharsets.ISO_8859_1).isPresent();
    }

    /** Reads {@code COPY name (columns) FROM stdin}; empty when the statement is no such thing. */
    static Optional<CopyStatement> parse(byte[] text, int from, Charset charset) {
        var words = new Scanner(new String(text, from + 4, text.length - from - 4, charset));
        Optional<TableName> table = words.tableName();
        if (table.isEmpty()) {
            return Optional.empty();
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
        boolean fromStdin = words.name().filter("from"::equals).isPresent()
                && words.name().filter("stdin"::equals).isPresent();
        return fromStdin ? Optional.of(new CopyStatement(table.get(), List.copyOf(columns))) : Optional.empty();
    }

    /** The table of an {@code INSERT INTO}; empty for other statements. */
    static Optional<TableName> insertTable(byte[] text, int from, Charset charset) {
        var words = new Scanner(new String(text, from, Math.min(text.length - from, SHOWN), charset));
        boolean insert = words.name().filter("insert"::equals).isPresent()
                && words.name().filter("into"::equals).isPresent();
        return insert ? words.tableName() : Optional.empty();
    }

    /** The sequence of a {@code SELECT pg_catalog.setval('name', …)}; empty for other statements. */
    static Optional<TableName> setvalSequence(byte[] text, int from, Charset charset) {
        Matcher matcher = SETVAL.matcher(new String(text, from, Math.min(text.length - from, SHOWN), charset));
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        String name = matcher.group(2).replace("''", "'");
        return new Scanner(matcher.group(1) == null ? name : name.replace("\\\\", "\\")).tableName();
    }

    /** Reads names, quoted or not, and single characters, skipping spaces between them. */
    private static final class Scanner {
        private final String text;
        private int at;

        private Scanner(String text) {
            this.text = text;
        }

        private Optional<TableName> tableName() {
            Optional<String> first = name();
            return take('.')
                    ? first.flatMap(schema -> name().map(table -> new TableName(schema, table)))
                    : first.map(table -> new TableName("", table));
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
