package dev.pgkeep.format.pgtext;

import dev.pgkeep.format.columnar.BigEndian;

/** Geometric values. */
final class Shapes {
    private static final int POINT = 16;

    private Shapes() {}

    static void point(byte[] in, int from, int length, TextOut out) {
        pair(in, from, out.put('('));
        out.put(')');
    }

    static void segment(byte[] in, int from, int length, TextOut out) {
        points(in, from, 2, out.put('['));
        out.put(']');
    }

    static void box(byte[] in, int from, int length, TextOut out) {
        points(in, from, 2, out);
    }

    static void path(byte[] in, int from, int length, TextOut out) {
        boolean closed = in[from] != 0;
        points(in, from + 5, BigEndian.intAt(in, from + 1), out.put(closed ? '(' : '['));
        out.put(closed ? ')' : ']');
    }

    static void polygon(byte[] in, int from, int length, TextOut out) {
        points(in, from + 4, BigEndian.intAt(in, from), out.put('('));
        out.put(')');
    }

    static void line(byte[] in, int from, int length, TextOut out) {
        pair(in, from, out.put('{'));
        Floats.float8(BigEndian.doubleAt(in, from + POINT), out.put(','));
        out.put('}');
    }

    static void circle(byte[] in, int from, int length, TextOut out) {
        point(in, from, length, out.put('<'));
        Floats.float8(BigEndian.doubleAt(in, from + POINT), out.put(','));
        out.put('>');
    }

    private static void points(byte[] in, int from, int count, TextOut out) {
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(',');
            }
            point(in, from + i * POINT, POINT, out);
        }
    }

    private static void pair(byte[] in, int from, TextOut out) {
        Floats.float8(BigEndian.doubleAt(in, from), out);
        Floats.float8(BigEndian.doubleAt(in, from + 8), out.put(','));
    }
}
