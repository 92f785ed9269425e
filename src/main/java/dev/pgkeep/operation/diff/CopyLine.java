package dev.pgkeep.operation.diff;

import java.io.ByteArrayOutputStream;

/** A row as a line of COPY's text format, without the line's end. */
final class CopyLine {
    private static final String CONTROLS = "\b\f\n\r\t\u000b";
    private static final String LETTERS = "bfnrtv";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    void begin(int column) {
        if (column > 0) {
            line.write('\t');
        }
    }

    void absent() {
        line.write('\\');
        line.write('N');
    }

    void part(byte[] text, int length) {
        for (int i = 0; i < length; i++) {
            byte each = text[i];
            int control = each < 0 || each >= ' ' ? -1 : CONTROLS.indexOf(each);
            if (control >= 0) {
                line.write('\\');
                line.write(LETTERS.charAt(control));
            } else {
                if (each == '\\') {
                    line.write('\\');
                }
                line.write(each);
            }
        }
    }

    byte[] toBytes() {
        return line.toByteArray();
    }
}
