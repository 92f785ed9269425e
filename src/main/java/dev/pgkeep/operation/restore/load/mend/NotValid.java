package dev.pgkeep.operation.restore.load.mend;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Statements that add a constraint, without having the rows checked that are there. */
final class NotValid {
    private static final byte[] WORDS = " NOT VALID;".getBytes(StandardCharsets.US_ASCII);

    private NotValid() {}

    /**
     * The statement with NOT VALID at its end.
     *
     * @param text that ends with its semicolon
     * @param codeStart where its first word begins
     */
    static byte[] of(byte[] text, int codeStart) {
        int end = text.length;
        while (end > codeStart && (text[end - 1] == ';' || Character.isWhitespace(text[end - 1]))) {
            end--;
        }
        byte[] changed = Arrays.copyOfRange(text, codeStart, end + WORDS.length);
        System.arraycopy(WORDS, 0, changed, end - codeStart, WORDS.length);
        return changed;
    }
}
