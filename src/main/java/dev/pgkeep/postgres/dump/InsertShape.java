package dev.pgkeep.postgres.dump;

import java.util.OptionalLong;

/**
 * Counts the rows that a statement inserts, as far as its text tells: {@code INSERT INTO … VALUES (…), (…);} with
 * nothing behind but {@code RETURNING}. What says more ({@code ON CONFLICT}, a query) may insert fewer.
 */
final class InsertShape {
    private enum State {
        FIRST,
        HEAD,
        DEFAULT,
        VALUES,
        RETURNING,
        UNKNOWN
    }

    private static final int LONGEST_WORD = 12;

    private final StringBuilder word = new StringBuilder(LONGEST_WORD);
    private State state = State.FIRST;
    private int parentheses;
    private long rows;
    private OptionalLong counted = OptionalLong.empty();

    /** The rows of the statement that ended last. */
    OptionalLong rows() {
        return counted;
    }

    /** The next byte outside of quotes and comments. */
    void code(byte each) {
        if (state == State.UNKNOWN) {
            return;
        }
        if (SqlBytes.isNamePart(each)) {
            if (word.length() < LONGEST_WORD) {
                word.append((char) (each >= 'a' && each <= 'z' ? each - 32 : each & 0xff));
            }
            return;
        }
        endWord();
        if (each == '(') {
            rows += parentheses++ == 0 && state == State.VALUES ? 1 : 0;
        } else if (each == ')') {
            parentheses--;
        }
    }

    /** Ends the word, where something that is none (a quote, a comment) stands. */
    void endWord() {
        if (word.isEmpty()) {
            return;
        }
        String text = word.toString();
        word.setLength(0);
        if (parentheses > 0) {
            return;
        }
        state = switch (state) {
            case FIRST -> text.equals("INSERT") ? State.HEAD : State.UNKNOWN;
            case HEAD ->
                switch (text) {
                    case "DEFAULT" -> State.DEFAULT;
                    case "VALUES" -> State.VALUES;
                    case "SELECT", "TABLE", "WITH" -> State.UNKNOWN;
                    default -> State.HEAD;
                };
            case DEFAULT -> {
                rows = 1;
                yield text.equals("VALUES") ? State.RETURNING : State.UNKNOWN;
            }
            case VALUES -> text.equals("RETURNING") ? State.RETURNING : State.UNKNOWN;
            case RETURNING -> text.equals("ON") ? State.UNKNOWN : State.RETURNING;
            case UNKNOWN -> State.UNKNOWN;
        };
    }

    /** The statement ends here. */
    void end() {
        endWord();
        counted = state == State.VALUES || state == State.RETURNING ? OptionalLong.of(rows) : OptionalLong.empty();
        word.setLength(0);
        state = State.FIRST;
        parentheses = 0;
        rows = 0;
    }
}
