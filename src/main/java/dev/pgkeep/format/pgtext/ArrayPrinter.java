package dev.pgkeep.format.pgtext;

import dev.pgkeep.format.columnar.BigEndian;

/** Arrays: lengths and lower bounds of up to six dimensions, then elements as they are printed alone. */
final class ArrayPrinter implements Printer {
    private static final int HEAD = 12;

    private final Printer element;
    private final char delimiter;
    private final TextOut one = new TextOut();

    ArrayPrinter(Printer element, char delimiter) {
        this.element = element;
        this.delimiter = delimiter;
    }

    @Override
    public void print(byte[] in, int from, int length, TextOut out) {
        int dimensions = BigEndian.intAt(in, from);
        if (dimensions == 0) {
            out.put('{').put('}');
            return;
        }
        int[] counts = new int[dimensions];
        boolean shifted = false;
        for (int i = 0; i < dimensions; i++) {
            counts[i] = BigEndian.intAt(in, from + HEAD + 8 * i);
            shifted |= BigEndian.intAt(in, from + HEAD + 8 * i + 4) != 1;
        }
        for (int i = 0; shifted && i < dimensions; i++) {
            int first = BigEndian.intAt(in, from + HEAD + 8 * i + 4);
            out.put('[')
                    .number(first)
                    .put(':')
                    .number((long) first + counts[i] - 1)
                    .put(']');
        }
        if (shifted) {
            out.put('=');
        }
        level(in, from + HEAD + 8 * dimensions, counts, 0, out);
    }

    private int level(byte[] in, int from, int[] counts, int dimension, TextOut out) {
        int at = from;
        out.put('{');
        for (int i = 0; i < counts[dimension]; i++) {
            if (i > 0) {
                out.put(delimiter);
            }
            at = dimension + 1 < counts.length ? level(in, at, counts, dimension + 1, out) : element(in, at, out);
        }
        out.put('}');
        return at;
    }

    private int element(byte[] in, int at, TextOut out) {
        int length = BigEndian.intAt(in, at);
        if (length < 0) {
            out.text("NULL");
            return at + 4;
        }
        one.clear();
        element.print(in, at + 4, length, one);
        if (needsQuotes()) {
            out.put('"');
            Words.backslashed(one.bytes(), 0, one.length(), out);
            out.put('"');
        } else {
            out.put(one.bytes(), 0, one.length());
        }
        return at + 4 + length;
    }

    private boolean needsQuotes() {
        byte[] text = one.bytes();
        int length = one.length();
        if (length == 0 || length == 4 && isNull(text)) {
            return true;
        }
        for (int i = 0; i < length; i++) {
            byte c = text[i];
            if (c == '"' || c == '\\' || c == '{' || c == '}' || c == delimiter || c == ' ' || c >= 9 && c <= 13) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNull(byte[] text) {
        return (text[0] | 32) == 'n' && (text[1] | 32) == 'u' && (text[2] | 32) == 'l' && (text[3] | 32) == 'l';
    }
}
