package dev.pgkeep.base.units;

/**
 * Text from databases, servers and file names, such that nothing of it acts on a terminal, or hides, or looks like
 * something else: escape sequences, controls of either set, marks that turn the direction of reading, characters that
 * take no room. They are shown as in JSON, {@code \u001b}: what is in a string of JSON stays the same by that.
 */
public final class Visible {
    private Visible() {}

    /** A text as one line: breaks of lines, and tabs, are shown too, so that a name cannot begin a line of its own. */
    public static String line(String text) {
        return shown(text, false);
    }

    /** A text of several lines, with its lines and tabs as they are and everything else that is hidden shown. */
    public static String lines(String text) {
        return shown(text, true);
    }

    /** Whether nothing in a text is hidden. */
    public static boolean isPlain(String text) {
        return text.equals(line(text));
    }

    private static String shown(String text, boolean layout) {
        int at = 0;
        while (at < text.length() && !isHidden(text.codePointAt(at), layout)) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, at);
        while (at < text.length()) {
            int each = text.codePointAt(at);
            if (isHidden(each, layout)) {
                append(shown, each);
            } else {
                shown.appendCodePoint(each);
            }
            at += Character.charCount(each);
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int hidden) {
        switch (hidden) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                for (char each : Character.toChars(hidden)) {
                    shown.append("\\u");
                    String digits = Integer.toHexString(each);
                    shown.append("0".repeat(4 - digits.length())).append(digits);
                }
            }
        }
    }

    private static boolean isHidden(int character, boolean layout) {
        if (character >= ' ' && character < 0x7f) {
            return false;
        }
        if (character == '\n' || character == '\t') {
            return !layout;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            // Some of them belong to letters: they stand before a number and are seen, or join what stands beside them.
            case Character.FORMAT -> !isNumberMark(character) && !isJoiner(character);
            default -> false;
        };
    }

    /** Persian, scripts of India, and emoji need them. */
    private static boolean isJoiner(int character) {
        return character == 0x200c || character == 0x200d;
    }

    private static boolean isNumberMark(int character) {
        return character >= 0x0600 && character <= 0x0605
                || character == 0x06dd
                || character == 0x070f
                || character == 0x0890
                || character == 0x0891
                || character == 0x08e2
                || character == 0x110bd
                || character == 0x110cd;
    }
}
