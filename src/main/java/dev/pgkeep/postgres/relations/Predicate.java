package dev.pgkeep.postgres.relations;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;

/** Makes sure that what somebody wrote as a condition is one, and no further statement. */
public final class Predicate {
    private final String text;
    private int at;

    private Predicate(String text) {
        this.text = text;
    }

    /**
     * The condition, as it can be put between parentheses.
     *
     * @param origin where it was written, for people
     * @throws PgkeepException USAGE when a statement could end in it, or a quote or parenthesis does not
     */
    public static String checked(String text, String origin) {
        String trouble = new Predicate(text).trouble();
        if (!trouble.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    origin + " is not one condition: " + trouble,
                    "write it as it stands after WHERE, for instance: email LIKE '%@example.com'");
        }
        return "\n" + text + "\n";
    }

    private String trouble() {
        if (text.isBlank()) {
            return "it is empty; to mean every row, write: true";
        }
        int depth = 0;
        for (at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            switch (letter) {
                case ';' -> {
                    return "there is a semicolon in it";
                }
                case '\0' -> {
                    return "there is a zero byte in it";
                }
                case '(' -> depth++;
                case ')' -> depth--;
                case '\'' -> quoted('\'', at > 0 && "eE".indexOf(text.charAt(at - 1)) >= 0);
                case '"' -> quoted('"', false);
                case '$' -> dollar();
                case '-' -> skipLineComment();
                case '/' -> skipBlockComment();
                default -> {}
            }
            if (depth < 0 || at > text.length()) {
                return depth < 0
                        ? "a parenthesis closes that was not opened"
                        : "something that was opened does not end";
            }
        }
        return at > text.length() || depth != 0 ? "something that was opened does not end" : "";
    }

    /** Leaves {@code at} on the closing quote, or behind the end of the text and more. */
    private void quoted(char quote, boolean escapes) {
        for (at++; at < text.length(); at++) {
            if (escapes && text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == quote) {
                return;
            }
        }
        at = text.length() + 1;
    }

    private void dollar() {
        int end = text.indexOf('$', at + 1);
        boolean afterName = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        if (end < 0
                || afterName
                || !text.substring(at + 1, end).matches("([A-Za-z_\\x80-\\uffff][\\w\\x80-\\uffff]*)?")) {
            return;
        }
        String tag = text.substring(at, end + 1);
        int close = text.indexOf(tag, end + 1);
        at = close < 0 ? text.length() + 1 : close + tag.length() - 1;
    }

    private void skipLineComment() {
        if (text.startsWith("--", at)) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() - 1 : end;
        }
    }

    private void skipBlockComment() {
        if (!text.startsWith("/*", at)) {
            return;
        }
        int depth = 1;
        for (at += 2; at < text.length() && depth > 0; at++) {
            if (text.startsWith("/*", at)) {
                depth++;
                at++;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at++;
            }
        }
        at = depth > 0 ? text.length() + 1 : at - 1;
    }
}
