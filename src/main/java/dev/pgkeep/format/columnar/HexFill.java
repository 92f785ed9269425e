package dev.pgkeep.format.columnar;

/** The runs of hexadecimal digits for one place of patterns, one after the other. */
final class HexFill {
    private final ColumnValues packed = new ColumnValues();
    private long[] digits = {};
    private int next;

    void read(Input in, IntegerReader integers, ColumnReader columns, int count, long limit) {
        digits = integers.read(in, digits, count);
        columns.packed(in, count, packed, limit);
        next = 0;
    }

    void next(Output target) {
        int count = count();
        int from = start();
        next++;
        int at = target.room(count);
        int end = at + count;
        byte[] bytes = target.bytes;
        byte[] source = packed.source;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            BigEndian.putLong(bytes, at, HexDigits.unpack(BigEndian.intAt(source, from)));
            from += Integer.BYTES;
        }
        for (int i = 0; at + i < end; i++) {
            int pair = source[from + (i >> 1)];
            bytes[at + i] = HexDigits.digit(((i & 1) == 0 ? pair >> 4 : pair) & 0xF);
        }
    }

    void nextUuid(Output target) {
        Damage.unless(count() == 32, "a UUID has other than 32 digits");
        int from = start();
        next++;
        int at = target.room(36);
        byte[] bytes = target.bytes;
        byte[] source = packed.source;
        BigEndian.putLong(bytes, at, HexDigits.unpack(BigEndian.intAt(source, from)));
        long middle = HexDigits.unpack(BigEndian.intAt(source, from + 4));
        BigEndian.putLong(bytes, at + 9, middle);
        BigEndian.putInt(bytes, at + 14, (int) middle);
        middle = HexDigits.unpack(BigEndian.intAt(source, from + 8));
        BigEndian.putLong(bytes, at + 19, middle);
        BigEndian.putInt(bytes, at + 24, (int) middle);
        BigEndian.putLong(bytes, at + 28, HexDigits.unpack(BigEndian.intAt(source, from + 12)));
        bytes[at + 8] = '-';
        bytes[at + 13] = '-';
        bytes[at + 18] = '-';
        bytes[at + 23] = '-';
    }

    private int count() {
        long count = digits[next];
        int length = packed.width >= 0 ? packed.width : packed.lengths[next];
        Damage.unless(count >= 0 && count <= 2L * length && (count + 1) / 2 == length, "digits are missing");
        return (int) count;
    }

    private int start() {
        return packed.width >= 0 ? packed.first + next * packed.width : packed.starts[next];
    }
}
