package dev.pgkeep.postgres.dump;

import java.util.Locale;

/**
 * Reads a statement word by word as the server does: names (quoted or not), strings, and single characters, without the
 * comments between them.
 */
final class SqlWords {
    /** The kind of the current word. */
    enum Kind {
        /** A key word, a name or a number, in lower case. */
        WORD,
        /** A name in quotes, without them. */
        QUOTED,
        STRING,
        SYMBOL,
        END
    }

    private final String text;
    private final boolean standardStrings;
    private int at;
    private Kind kind = Kind.END;
    private String word = "";

    /** Stands before the first word. */
    SqlWords(String text, boolean standardStrings) {
        this.text = text;
        this.standardStrings = standardStrings;
    }

    /** A text with a space in place of each comment and of the space around it. */
    static String withoutComments(String text, boolean standardStrings) {
        if (!text.contains("--") && !text.contains("/*")) {
            return text;
        }
        StringBuilder code = new StringBuilder(text.length());
        SqlWords words = new SqlWords(text, standardStrings);
        do {
            int end = words.at;
            words.skipSpace();
            code.append(words.at > end ? " " : "");
            int start = words.at;
            words.next();
            code.append(text, start, words.at);
        } while (words.at < text.length());
        return code.toString();
    }

    Kind kind() {
        return kind;
    }

    String word() {
        return word;
    }

    boolean isWord(String wanted) {
        return kind == Kind.WORD && word.equals(wanted);
    }

    boolean isSymbol(char wanted) {
        return kind == Kind.SYMBOL && word.charAt(0) == wanted;
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /** Goes to the next word; returns itself. */
    SqlWords next() {
        skipSpace();
        if (at >= text.length()) {
            return found(Kind.END, "");
        }
        char each = text.charAt(at);
        if (each == '"') {
            return quoted(false);
        }
        if (each == '\'') {
            return string(!standardStrings);
        }
        if (each == '$') {
            return dollar();
        }
        if (isNamePart(each)) {
            return nameOrPrefixed();
        }
        at++;
        return found(Kind.SYMBOL, String.valueOf(each));
    }

    private SqlWords found(Kind what, String text) {
        kind = what;
        word = text;
        return this;
    }

    private SqlWords nameOrPrefixed() {
        int start = at;
        while (at < text.length() && (isNamePart(text.charAt(at)) || text.charAt(at) == '$')) {
            at++;
        }
        String name = text.substring(start, at).toLowerCase(Locale.ROOT);
        if (at < text.length() && name.length() == 1 && text.charAt(at) == '\'') {
            boolean bits = name.equals("b") || name.equals("x");
            if (bits || name.equals("e") || name.equals("n")) {
                return string(name.equals("e") || !bits && !standardStrings);
            }
        }
        if (name.equals("u") && text.startsWith("&\"", at)) {
            at++;
            return quoted(true);
        }
        if (name.equals("u") && text.startsWith("&'", at)) {
            at++;
            return string(false);
        }
        return found(Kind.WORD, name);
    }

    private SqlWords quoted(boolean escapes) {
        StringBuilder name = new StringBuilder();
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) != '"') {
                name.append(text.charAt(at));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                name.append('"');
                at++;
            } else {
                at++;
                return found(Kind.QUOTED, escapes ? decoded(name) : name.toString());
            }
        }
        return found(Kind.END, "");
    }

    /** {@code \0061} and {@code \+000061}, as in {@code U&"…"}. */
    private static String decoded(CharSequence name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char each = name.charAt(i);
            int from = i + (name.length() > i + 1 && name.charAt(i + 1) == '+' ? 2 : 1);
            int to = from + (from == i + 2 ? 6 : 4);
            if (each != '\\') {
                plain.append(each);
            } else if (name.length() > i + 1 && name.charAt(i + 1) == '\\') {
                plain.append('\\');
                i++;
            } else if (to <= name.length()
                    && name.subSequence(from, to).toString().matches("[0-9a-fA-F]+")) {
                plain.appendCodePoint(
                        Integer.parseInt(name.subSequence(from, to).toString(), 16) & 0x1fffff);
                i = to - 1;
            }
        }
        return plain.toString();
    }

    private SqlWords string(boolean escapes) {
        int start = ++at;
        while (at < text.length()) {
            char each = text.charAt(at);
            if (escapes && each == '\\') {
                at++;
            } else if (each == '\'') {
                if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                    at++;
                } else {
                    at++;
                    return found(Kind.STRING, text.substring(start, at - 1));
                }
            }
            at++;
        }
        at = text.length();
        return found(Kind.END, "");
    }

    private SqlWords dollar() {
        int end = at + 1;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        boolean tag = end < text.length()
                && text.charAt(end) == '$'
                && (end == at + 1 || !Character.isDigit(text.charAt(at + 1)));
        if (!tag) {
            at++;
            return found(Kind.SYMBOL, "$");
        }
        String mark = text.substring(at, end + 1);
        int close = text.indexOf(mark, end + 1);
        int start = end + 1;
        at = close < 0 ? text.length() : close + mark.length();
        return close < 0 ? found(Kind.END, "") : found(Kind.STRING, text.substring(start, close));
    }

    private void skipSpace() {
        while (at < text.length()) {
            if (text.startsWith("--", at)) {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else if (isSpace(text.charAt(at))) {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        int depth = 0;
        while (at < text.length()) {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private static boolean isSpace(char each) {
        return each < 0x80 && SqlBytes.isSpace((byte) each);
    }

    private static boolean isNamePart(char each) {
        return each >= 0x80 || each != '$' && SqlBytes.isNamePart((byte) each);
    }
}
