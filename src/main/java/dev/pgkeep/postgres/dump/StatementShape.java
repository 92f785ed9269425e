package dev.pgkeep.postgres.dump;

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
    /** The letter U and an ampersand, which may belong to a string. */
    private boolean prefix;

    /** The next byte outside of quotes and comments. */
    void code(byte each) {
        if (SqlBytes.isNamePart(each)) {
            if (prefix) {
                prefix = false;
                endWord();
            }
            if (word.length() < LONGEST_WORD) {
                word.append((char) (each >= 'a' && each <= 'z' ? each - 32 : each & 0xff));
            }
            return;
        }
        if (isPrefix(each)) {
            return;
        }
        endWord();
        if (each == '(') {
            parentheses++;
        } else if (each == ')' && parentheses > 0) {
            parentheses--;
        }
    }

    /** The letters before a quote are a part of the string and no word: {@code E'…'}, {@code U&"…"}. */
    private boolean isPrefix(byte each) {
        boolean unicode = prefix;
        prefix = each == '&' && word.toString().equals("U");
        boolean quote = each == '\'' || unicode && each == '"';
        if (quote && (unicode || word.length() == 1 && "EBXN".indexOf(word.charAt(0)) >= 0)) {
            word.setLength(0);
        }
        return prefix;
    }

    /** Ends the word, where something that is none (a quote, a comment) stands. */
    void endWord() {
        if (word.isEmpty()) {
            return;
        }
        if (!isName()) {
            word.setLength(0);
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

    private boolean isName() {
        char first = word.charAt(0);
        return first != '$' && (first < '0' || first > '9');
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
        prefix = false;
    }
}
