package dev.pgkeep.format.pgtext;

import dev.pgkeep.format.columnar.BigEndian;

/** Ranges, and lists of them. */
final class RangePrinter implements Printer {
    private static final int EMPTY = 1;
    private static final int LOWER_IN = 2;
    private static final int UPPER_IN = 4;
    private static final int NO_LOWER = 8;
    private static final int NO_UPPER = 16;

    private final Printer bound;
    private final TextOut one = new TextOut();

    RangePrinter(Printer bound) {
        this.bound = bound;
    }

    @Override
    public void print(byte[] in, int from, int length, TextOut out) {
        int flags = in[from];
        if ((flags & EMPTY) != 0) {
            out.text("empty");
            return;
        }
        int at = from + 1;
        out.put((flags & LOWER_IN) != 0 ? '[' : '(');
        if ((flags & NO_LOWER) == 0) {
            at = bound(in, at, out);
        }
        out.put(',');
        if ((flags & NO_UPPER) == 0) {
            bound(in, at, out);
        }
        out.put((flags & UPPER_IN) != 0 ? ']' : ')');
    }

    /** The printer for a type whose values are lists of ranges. */
    Printer several() {
        return (in, from, length, out) -> {
            int count = BigEndian.intAt(in, from);
            int at = from + 4;
            out.put('{');
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    out.put(',');
                }
                int bytes = BigEndian.intAt(in, at);
                print(in, at + 4, bytes, out);
                at += 4 + bytes;
            }
            out.put('}');
        };
    }

    private int bound(byte[] in, int at, TextOut out) {
        int length = BigEndian.intAt(in, at);
        one.clear();
        bound.print(in, at + 4, length, one);
        if (needsQuotes()) {
            out.put('"');
            Words.doubled(one.bytes(), 0, one.length(), "\"\\", out);
            out.put('"');
        } else {
            out.put(one.bytes(), 0, one.length());
        }
        return at + 4 + length;
    }

    private boolean needsQuotes() {
        for (int i = 0; i < one.length(); i++) {
            byte c = one.bytes()[i];
            if ("\"\\()[], ".indexOf(c) >= 0 || c >= 9 && c <= 13) {
                return true;
            }
        }
        return one.length() == 0;
    }
}
