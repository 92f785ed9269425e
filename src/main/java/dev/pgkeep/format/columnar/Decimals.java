package dev.pgkeep.format.columnar;

/**
 * PostgreSQL's binary numeric as scaled integers. Its form: four 16-bit numbers (count of digits to the base 10,000,
 * weight of the first, sign, digits after the point to show), then the digits.
 */
final class Decimals {
    /** The most decimal places of a number; more would not fit into the arithmetic below. */
    static final int PLACES = 16;

    /** Room that {@link #write} needs. */
    static final int MOST_BYTES = 40;

    private static final int HEADER = 8;
    private static final int BASE = 10_000;
    private static final int NEGATIVE = 0x4000;
    private static final int GROUPS = 12;
    private static final long[] POWERS = powers();

    private int most;
    private int weight;
    private final int[] groups = new int[GROUPS];

    /** Decimal places of the integers of {@link #scale}. */
    int places() {
        return most;
    }

    /**
     * Reads all values of a column.
     *
     * @param scaled receives the values, times ten to the power of {@link #places}
     * @param scales receives the digits to show of each
     * @return false when one of them would not come back as the same bytes
     */
    boolean scale(ColumnBuffer column, long[] scaled, long[] scales) {
        if (!survey(column, scales)) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < column.count; i++) {
            if (!read(column.values, at, i, scaled)) {
                return false;
            }
            at += column.length(i);
        }
        return true;
    }

    private boolean survey(ColumnBuffer column, long[] scales) {
        most = 0;
        weight = 0;
        int at = 0;
        for (int i = 0; i < column.count; i++) {
            int length = column.length(i);
            if (length < HEADER || length != HEADER + 2 * BigEndian.shortAt(column.values, at)) {
                return false;
            }
            int shown = BigEndian.shortAt(column.values, at + 6);
            if (shown < 0 || shown > PLACES) {
                return false;
            }
            scales[i] = shown;
            most = Math.max(most, shown);
            weight = Math.max(weight, BigEndian.shortAt(column.values, at + 2));
            at += length;
        }
        return 4 * (weight + 1) + most <= 18;
    }

    private boolean read(byte[] bytes, int at, int index, long[] scaled) {
        int digits = BigEndian.shortAt(bytes, at);
        int first = BigEndian.shortAt(bytes, at + 2);
        int sign = BigEndian.shortAt(bytes, at + 4);
        if (digits == 0) {
            scaled[index] = 0;
            return first == 0 && sign == 0;
        }
        if ((sign != 0 && sign != NEGATIVE) || first < -PLACES) {
            return false;
        }
        long sum = 0;
        for (int i = 0; i < digits; i++) {
            int digit = BigEndian.shortAt(bytes, at + HEADER + 2 * i);
            int power = 4 * (first - i) + most;
            if (digit < 0 || digit >= BASE || (digit == 0 && (i == 0 || i == digits - 1)) || power <= -4) {
                return false;
            }
            if (power >= 0) {
                sum += digit * POWERS[power];
            } else if (digit % POWERS[-power] == 0) {
                sum += digit / POWERS[-power];
            } else {
                return false;
            }
        }
        scaled[index] = sign == 0 ? sum : -sum;
        return true;
    }

    /** Writes a value as PostgreSQL does. @return its length; {@code bytes} needs room for {@link #MOST_BYTES} */
    int write(byte[] bytes, int at, long scaled, int places, int shown) {
        long size = Math.abs(scaled);
        Damage.unless(size >= 0, "a number is too large");
        int fractions = (places + 3) / 4;
        long whole = size / POWERS[places];
        long fraction = (size % POWERS[places]) * POWERS[4 * fractions - places];
        int from = GROUPS;
        for (int i = 0; i < fractions; i++) {
            groups[--from] = (int) (fraction % BASE);
            fraction /= BASE;
        }
        int point = from;
        for (; whole != 0; whole /= BASE) {
            groups[--from] = (int) (whole % BASE);
        }
        int to = GROUPS;
        while (from < to && groups[to - 1] == 0) {
            to--;
        }
        while (from < to && groups[from] == 0) {
            from++;
        }
        BigEndian.putShort(bytes, at, to - from);
        BigEndian.putShort(bytes, at + 2, from == to ? 0 : point - from - 1);
        BigEndian.putShort(bytes, at + 4, scaled < 0 ? NEGATIVE : 0);
        BigEndian.putShort(bytes, at + 6, shown);
        for (int i = from; i < to; i++) {
            BigEndian.putShort(bytes, at + HEADER + 2 * (i - from), groups[i]);
        }
        return HEADER + 2 * (to - from);
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}
