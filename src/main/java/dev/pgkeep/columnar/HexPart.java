package dev.pgkeep.columnar;

/** The runs of hexadecimal digits that fill one place of a column's patterns: two digits a byte, the first one high. */
final class HexPart {
    /** Packed runs; their lengths are those of {@link #digits}, halved and rounded up. */
    final ColumnBuffer packed = new ColumnBuffer();

    final ColumnLengths digits = new ColumnLengths();

    private byte[] run = new byte[32];

    void add(byte[] bytes, int from, int to, int count) {
        int length = (count + 1) / 2;
        if (run.length < length) {
            run = new byte[Output.grown(run.length, length)];
        }
        int size = 0;
        int high = -1;
        for (int at = from; at < to; at++) {
            int here = bytes[at];
            if (here == '-') {
                continue;
            }
            int digit = here <= '9' ? here - '0' : here - 'a' + 10;
            if (high < 0) {
                high = digit << 4;
            } else {
                run[size++] = (byte) (high | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            run[size++] = (byte) high;
        }
        packed.add(run, 0, size);
        digits.add(count);
    }

    void clear() {
        packed.clear();
        digits.count = 0;
    }
}
