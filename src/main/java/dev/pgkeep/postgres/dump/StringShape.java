package dev.pgkeep.postgres.dump;

/**
 * Decides which kind of string a quote opens. The letters before it decide ({@code E'…'}, {@code B'…'}), the setting
 * {@code standard_conforming_strings}, and the string that was closed just before: a quote right behind its end doubles
 * the quote, and behind a line's end it goes on, both by the rules of the first part.
 */
final class StringShape {
    private enum Gap {
        /** The gap where no string was closed, or something else came behind it. */
        NONE,
        /** The gap where nothing came yet. */
        CLOSED,
        /** The gap of spaces. */
        SPACES,
        /** The gap with at least one end of a line. */
        LINE
    }

    private Gap gap = Gap.NONE;
    private boolean closedEscapes;
    /** A dash that may begin a comment, which does not break the string in two. */
    private boolean dash;

    /** A string ends here. */
    void close(boolean escapes) {
        gap = Gap.CLOSED;
        closedEscapes = escapes;
        dash = false;
    }

    /** A byte of code that is no quote. */
    void code(byte each) {
        if (gap == Gap.NONE) {
            return;
        }
        if (each == '-' && !dash) {
            dash = true;
        } else if (dash || !SqlBytes.isSpace(each)) {
            gap = Gap.NONE;
        } else {
            gap = each == '\n' || each == '\r' || gap == Gap.LINE ? Gap.LINE : Gap.SPACES;
        }
    }

    /** The dashes were a comment, which begins here. */
    void lineComment() {
        dash = false;
    }

    /** A comment to the end of the line ends. */
    void lineEnd() {
        if (gap != Gap.NONE) {
            gap = Gap.LINE;
        }
    }

    /** Notes that nothing that comes now belongs to an earlier string. */
    void forget() {
        gap = Gap.NONE;
        dash = false;
    }

    /**
     * A quote opens a string here.
     *
     * @param prefix the letter before it, where that stands alone; a space where none does
     * @return whether a backslash in it means something
     */
    boolean open(int prefix, boolean standardStrings) {
        boolean goesOn = !dash && (gap == Gap.CLOSED || gap == Gap.LINE);
        forget();
        if (goesOn) {
            return closedEscapes;
        }
        int letter = prefix | 0x20;
        return letter == 'e' || !standardStrings && letter != 'b' && letter != 'x';
    }
}
