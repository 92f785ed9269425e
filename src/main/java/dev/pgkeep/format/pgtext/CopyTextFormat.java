package dev.pgkeep.format.pgtext;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * COPY's text form of values, byte for byte as the server writes it: a tab between values, {@code \N} for NULL, a
 * backslash before a letter for what would mean something, and before itself.
 *
 * <p>It works on bytes in the encoding of a database; there, those of multibyte characters are never ASCII.
 */
public final class CopyTextFormat {
    static final byte[] NULL = {'\\', 'N'};

    /** The octets that the server writes with a letter behind a backslash, and the letters. */
    private static final String OCTETS = "\b\f\n\r\t\u000b\\";

    private static final String LETTERS = "bfnrtv\\";

    /** By ASCII octet, 0 for what stands for itself. */
    private static final byte[] LETTER_OF = new byte[128];

    static {
        for (int i = 0; i < OCTETS.length(); i++) {
            LETTER_OF[OCTETS.charAt(i)] = (byte) LETTERS.charAt(i);
        }
    }

    private CopyTextFormat() {}

    /** The letter that stands behind a backslash for this octet; 0 when it stands for itself. */
    public static byte letter(byte octet) {
        return octet < 0 ? 0 : LETTER_OF[octet];
    }

    /** The octet that a letter behind a backslash stands for. NULL is not one: see {@link #isNull}. */
    public static byte octet(byte letter) {
        int at = LETTERS.indexOf(letter);
        return at < 0 ? letter : (byte) OCTETS.charAt(at);
    }

    /** The position where the value that begins here ends: at a tab, or with the line. */
    public static int end(byte[] line, int from, int length) {
        int at = from;
        while (at < length && line[at] != '\t') {
            at++;
        }
        return at;
    }

    public static boolean isNull(byte[] line, int from, int to) {
        return Arrays.equals(line, from, to, NULL, 0, NULL.length);
    }

    /** Appends a value, or a piece of one. */
    public static void escape(byte[] value, int length, ByteArrayOutputStream into) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            byte letter = letter(value[i]);
            if (letter != 0) {
                into.write(value, start, i - start);
                into.write('\\');
                into.write(letter);
                start = i + 1;
            }
        }
        into.write(value, start, length - start);
    }

    public static void writeNull(ByteArrayOutputStream into) {
        into.writeBytes(NULL);
    }
}
