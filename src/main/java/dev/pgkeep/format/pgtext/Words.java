package dev.pgkeep.format.pgtext;

import dev.pgkeep.format.columnar.BigEndian;

/** Values that are lists of words: of text search, and of the extension hstore. */
final class Words {
    private static final String WEIGHTS = "DCBA";
    private static final int POSITION = 0x3fff;

    private Words() {}

    static void tsvector(byte[] in, int from, int length, TextOut out) {
        int count = BigEndian.intAt(in, from);
        int at = from + 4;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(' ');
            }
            int end = at;
            while (in[end] != 0) {
                end++;
            }
            out.put('\'');
            doubled(in, at, end - at, "'\\", out);
            out.put('\'');
            int positions = BigEndian.unsignedShortAt(in, end + 1);
            at = end + 3;
            for (int p = 0; p < positions; p++, at += 2) {
                int position = BigEndian.unsignedShortAt(in, at);
                out.put(p == 0 ? ':' : ',').number(position & POSITION);
                if (position > POSITION) {
                    out.put(WEIGHTS.charAt(position >> 14));
                }
            }
        }
    }

    static void hstore(byte[] in, int from, int length, TextOut out) {
        int count = BigEndian.intAt(in, from);
        int at = from + 4;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(',').put(' ');
            }
            at = quoted(in, at, out);
            out.put('=').put('>');
            at = quoted(in, at, out);
        }
    }

    private static int quoted(byte[] in, int at, TextOut out) {
        int length = BigEndian.intAt(in, at);
        if (length < 0) {
            out.text("NULL");
            return at + 4;
        }
        out.put('"');
        backslashed(in, at + 4, length, out);
        out.put('"');
        return at + 4 + length;
    }

    /** Text in which each of these is written twice. */
    static void doubled(byte[] in, int from, int length, String which, TextOut out) {
        for (int i = from; i < from + length; i++) {
            if (which.indexOf(in[i]) >= 0) {
                out.put(in[i]);
            }
            out.put(in[i]);
        }
    }

    /** Text with a backslash before quotes and backslashes. */
    static void backslashed(byte[] in, int from, int length, TextOut out) {
        for (int i = from; i < from + length; i++) {
            if (in[i] == '"' || in[i] == '\\') {
                out.put('\\');
            }
            out.put(in[i]);
        }
    }
}
