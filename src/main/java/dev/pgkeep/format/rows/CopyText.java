package dev.pgkeep.format.rows;

import java.io.ByteArrayOutputStream;

/** The text format of COPY, byte for byte as the server writes it. */
final class CopyText {
    private static final byte[] NULL = {'\\', 'N'};
    /** The characters that the server writes with a letter behind a backslash, and the letters. */
    private static final String CONTROLS = "\b\f\n\r\t\u000b";

    private static final String LETTERS = "bfnrtv";

    private CopyText() {}

    /** The position where the value that begins here ends: at a tab, or with the line. */
    static int end(byte[] line, int from, int length) {
        int at = from;
        while (at < length && line[at] != '\t') {
            at++;
        }
        return at;
    }

    static boolean isNull(byte[] line, int from, int to) {
        return to - from == 2 && line[from] == '\\' && line[from + 1] == 'N';
    }

    /** Appends a value as it is to one as COPY has it. */
    static void escape(byte[] value, int length, ByteArrayOutputStream into) {
        for (int i = 0; i < length; i++) {
            byte each = value[i];
            int control = each < 0 ? -1 : CONTROLS.indexOf(each);
            if (control >= 0) {
                into.write('\\');
                into.write(LETTERS.charAt(control));
            } else {
                if (each == '\\') {
                    into.write('\\');
                }
                into.write(each);
            }
        }
    }

    static void writeNull(ByteArrayOutputStream into) {
        into.writeBytes(NULL);
    }

    /** The byte that a letter behind a backslash stands for. */
    static byte unescaped(byte letter) {
        int control = LETTERS.indexOf(letter);
        return control < 0 ? letter : (byte) CONTROLS.charAt(control);
    }
}
