package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of rows in a script: {@code COPY schema.table (a, "B") FROM stdin;}.
 *
 * @param table the table; the schema is empty where the script leaves it to the search path
 * @param columns in the order of the values; empty where the script does not list them
 * @param rowPerLine whether each line is a row that gets into the table: with CSV one may have several lines, or be a
 *     heading, and the server may be told to leave some out
 */
record CopyStatement(TableName table, List<String> columns, boolean rowPerLine) {
    private static final Set<String> CHANGES_COUNT = Set.of("csv", "header", "where", "on_error", "binary");
    private static final int SHOWN = 4096;
    private static final Pattern SETVAL = Pattern.compile(
            "SELECT\\s+(?:pg_catalog\\.)?setval\\s*\\(\\s*(E)?'((?:[^']|'')*+)'", Pattern.CASE_INSENSITIVE);

    /** Whether a statement begins with the word COPY. */
    static boolean isCopy(byte[] text, int from) {
        return text.length - from > 4
                && new String(text, from, 4, StandardCharsets.US_ASCII).equalsIgnoreCase("COPY")
                && !SqlBytes.isNamePart(text[from + 4]);
    }

    /** Reads {@code COPY name (columns) FROM stdin}; empty when the statement is no such thing. */
    static Optional<CopyStatement> parse(byte[] text, int from, Charset charset, boolean standardStrings) {
        if (!isCopy(text, from)) {
            return Optional.empty();
        }
        var words = new SqlWords(new String(text, from + 4, text.length - from - 4, charset), standardStrings);
        if (words.next().isWord("binary")) {
            words.next();
        }
        Optional<TableName> table = tableName(words);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = new ArrayList<>();
        if (words.isSymbol('(')) {
            while (!words.next().isSymbol(')')) {
                if (words.isName()) {
                    columns.add(words.word());
                } else if (!words.isSymbol(',')) {
                    return Optional.empty();
                }
            }
            words.next();
        }
        // The server takes stdout for stdin, and the other way round.
        boolean fromStdin = words.isWord("from") && (words.next().isWord("stdin") || words.isWord("stdout"));
        return fromStdin
                ? Optional.of(new CopyStatement(table.get(), List.copyOf(columns), isRowPerLine(words)))
                : Optional.empty();
    }

    private static boolean isRowPerLine(SqlWords words) {
        while (words.next().kind() != SqlWords.Kind.END) {
            if (words.kind() != SqlWords.Kind.SYMBOL
                    && CHANGES_COUNT.contains(words.word().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    /** The table of a {@code CREATE TABLE}, also a foreign one; empty for other statements. */
    static Optional<TableName> createdTable(byte[] text, int from, Charset charset) {
        if (text.length - from < 8 || (text[from] | 0x20) != 'c') {
            return Optional.empty();
        }
        var words = new SqlWords(new String(text, from, Math.min(text.length - from, SHOWN), charset), true);
        if (!words.next().isWord("create")) {
            return Optional.empty();
        }
        for (words.next(); words.isWord("unlogged") || words.isWord("foreign"); ) {
            words.next();
        }
        if (!words.isWord("table")) {
            return Optional.empty();
        }
        if (words.next().isWord("if")) {
            words.next();
            words.next();
            words.next();
        }
        return tableName(words);
    }

    /** Whether a statement is a COPY from or to a program. */
    static boolean runsProgram(byte[] text, int from, Charset charset, boolean standardStrings) {
        if (!isCopy(text, from)) {
            return false;
        }
        var words = new SqlWords(new String(text, from, text.length - from, charset), standardStrings);
        int depth = 0;
        for (words.next(); words.kind() != SqlWords.Kind.END; words.next()) {
            depth += words.isSymbol('(') ? 1 : words.isSymbol(')') ? -1 : 0;
            if (depth <= 0
                    && (words.isWord("from") || words.isWord("to"))
                    && words.next().isWord("program")) {
                return true;
            }
        }
        return false;
    }

    /** The table of an {@code INSERT INTO}; empty for other statements. */
    static Optional<TableName> insertTable(byte[] text, int from, Charset charset) {
        if (text.length - from < 8 || (text[from] | 0x20) != 'i') {
            return Optional.empty();
        }
        var words = new SqlWords(new String(text, from, Math.min(text.length - from, SHOWN), charset), true);
        if (!words.next().isWord("insert") || !words.next().isWord("into")) {
            return Optional.empty();
        }
        words.next();
        return tableName(words);
    }

    /** The sequence of a {@code SELECT pg_catalog.setval('name', …)}; empty for other statements. */
    static Optional<TableName> setvalSequence(byte[] text, int from, Charset charset) {
        Matcher matcher = SETVAL.matcher(new String(text, from, Math.min(text.length - from, SHOWN), charset));
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        String name = matcher.group(2).replace("''", "'");
        var words = new SqlWords(matcher.group(1) == null ? name : name.replace("\\\\", "\\"), true);
        words.next();
        return tableName(words);
    }

    /** A name with or without its schema, which the words stand at; then they stand behind it. */
    private static Optional<TableName> tableName(SqlWords words) {
        if (!words.isName()) {
            return Optional.empty();
        }
        String first = words.word();
        if (!words.next().isSymbol('.')) {
            return Optional.of(new TableName("", first));
        }
        if (!words.next().isName()) {
            return Optional.empty();
        }
        String second = words.word();
        words.next();
        return Optional.of(new TableName(first, second));
    }
}
