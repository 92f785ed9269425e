package dev.pgkeep.columnar;

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

    /** @param hyphens whether to put those of a UUID in */
    void next(Output target, boolean hyphens) {
        long count = digits[next];
        int from = packed.width >= 0 ? packed.first + next * packed.width : packed.starts[next];
        int length = packed.width >= 0 ? packed.width : packed.lengths[next];
        next++;
        Damage.unless(count >= 0 && (count + 1) / 2 == length, "digits are missing");
        Damage.unless(!hyphens || count == 32, "a UUID has other than 32 digits");
        int at = target.room((int) count + (hyphens ? 4 : 0));
        byte[] bytes = target.bytes;
        byte[] source = packed.source;
        for (int digit = 0; digit < count; digit++) {
            if (hyphens && Pattern.hyphenBefore(digit)) {
                bytes[at++] = '-';
            }
            int pair = source[from + (digit >> 1)];
            bytes[at++] = Pattern.DIGITS[((digit & 1) == 0 ? pair >> 4 : pair) & 0xF];
        }
    }
}
