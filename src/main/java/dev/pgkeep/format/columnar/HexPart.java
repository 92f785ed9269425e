package dev.pgkeep.format.columnar;

/** The runs of hexadecimal digits that fill one place of a column's patterns: two digits a byte, the first one high. */
final class HexPart {
    /** Packed runs; their lengths are those of {@link #digits}, halved and rounded up. */
    final ColumnBuffer packed = new ColumnBuffer();

    final ColumnLengths digits = new ColumnLengths();

    private byte[] run = new byte[64];

    /** Adds a run without hyphens. */
    void add(byte[] bytes, int from, int to) {
        int count = to - from;
        if (run.length < (count + 1) / 2) {
            run = new byte[Output.grown(run.length, (count + 1) / 2)];
        }
        int at = from;
        int size = 0;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            BigEndian.putInt(run, size, HexDigits.pack(BigEndian.longAt(bytes, at)));
            size += Integer.BYTES;
        }
        for (; at < to; at += 2) {
            int low = at + 1 < to ? HexDigits.value(bytes[at + 1]) : 0;
            run[size++] = (byte) (HexDigits.value(bytes[at]) << 4 | low);
        }
        packed.add(run, 0, size);
        digits.add(count);
    }

    /** Adds a UUID. */
    void addUuid(byte[] bytes, int from) {
        BigEndian.putInt(run, 0, HexDigits.pack(BigEndian.longAt(bytes, from)));
        long middle = BigEndian.longAt(bytes, from + 9) & 0xFFFFFFFF00000000L;
        BigEndian.putInt(run, 4, HexDigits.pack(middle | BigEndian.intAt(bytes, from + 14) & 0xFFFFFFFFL));
        middle = BigEndian.longAt(bytes, from + 19) & 0xFFFFFFFF00000000L;
        BigEndian.putInt(run, 8, HexDigits.pack(middle | BigEndian.intAt(bytes, from + 24) & 0xFFFFFFFFL));
        BigEndian.putInt(run, 12, HexDigits.pack(BigEndian.longAt(bytes, from + 28)));
        packed.add(run, 0, 16);
        digits.add(32);
    }

    void clear() {
        packed.clear();
        digits.count = 0;
    }
}
