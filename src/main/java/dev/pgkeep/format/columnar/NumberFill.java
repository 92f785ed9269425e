package dev.pgkeep.format.columnar;

/** The numbers for one place of patterns, one after the other. */
final class NumberFill {
    /** The most digits that are written. */
    private static final int DIGITS = 19;

    private long[] values = {};
    private long[] widths = {};
    private boolean padded;
    private int next;

    void read(Input in, IntegerReader integers, int count) {
        padded = in.next() != 0;
        if (padded) {
            widths = integers.read(in, widths, count);
        }
        values = integers.read(in, values, count);
        next = 0;
    }

    void next(Output target) {
        long value = values[next];
        Damage.unless(value >= 0, "a number is too large");
        int width = padded ? width(widths[next]) : digits(value);
        next++;
        int from = target.room(width);
        byte[] bytes = target.bytes;
        for (int at = from + width - 1; at >= from; at--) {
            long tenth = value / 10;
            bytes[at] = (byte) ('0' + (int) (value - 10 * tenth));
            value = tenth;
        }
    }

    private static int width(long width) {
        Damage.unless(width > 0 && width <= DIGITS, "a number is too long");
        return (int) width;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long bound = 10; digits < DIGITS && value >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }
}
