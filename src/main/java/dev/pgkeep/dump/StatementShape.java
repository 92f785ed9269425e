package dev.pgkeep.dump;

import java.util.Set;

/**
 * Whether a semicolon ends the statement: not inside parentheses (rules with several actions), and not inside the body
 * of a function that begins with {@code BEGIN ATOMIC}. As psql tells it (psqlscan.l).
 */
final class StatementShape {
    private static final int LONGEST_WORD = 16;
    private static final int FIRST_WORDS = 4;
    private static final Set<String> ROUTINES =
            Set.of("CREATE FUNCTION", "CREATE PROCEDURE", "CREATE OR REPLACE FUNCTION", "CREATE OR REPLACE PROCEDURE");

    private final StringBuilder word = new StringBuilder(LONGEST_WORD);
    private final StringBuilder beginning = new StringBuilder();
    private int words;
    private int parentheses;
    private int blocks;
    private boolean routine;

    /** The next byte outside of quotes and comments. */
    void code(byte each) {
        if (SqlBytes.isNamePart(each)) {
            if (word.length() < LONGEST_WORD) {
                word.append((char) (each >= 'a' && each <= 'z' ? each - 32 : each & 0xff));
            }
            return;
        }
        endWord();
        if (each == '(') {
            parentheses++;
        } else if (each == ')' && parentheses > 0) {
            parentheses--;
        }
    }

    /** Something that is no word (a quote, a comment) stands here. */
    void endWord() {
        if (word.isEmpty()) {
            return;
        }
        if (words++ < FIRST_WORDS) {
            beginning.append(words == 1 ? "" : " ").append(word);
            routine |= ROUTINES.contains(beginning.toString());
        }
        if (routine && parentheses == 0) {
            String text = word.toString();
            if (text.equals("BEGIN") || text.equals("CASE") && blocks > 0) {
                blocks++;
            } else if (text.equals("END") && blocks > 0) {
                blocks--;
            }
        }
        word.setLength(0);
    }

    boolean isClosed() {
        return parentheses == 0 && blocks == 0;
    }

    void reset() {
        word.setLength(0);
        beginning.setLength(0);
        words = 0;
        parentheses = 0;
        blocks = 0;
        routine = false;
    }
}
