package dev.pgkeep.format.columnar;

/**
 * Floating-point numbers that were decimals once, such as 19.99, as scaled integers. What a division by a power of ten
 * does not give back bit by bit is listed apart: NaN, infinities, -0, numbers that were computed. (The idea is that of
 * ALP, Afroozeh et al., SIGMOD 2023.)
 */
final class ScaledDoubles {
    /** The most decimal places of a number: what a double holds beside some digits before the point. */
    static final int PLACES = 12;

    private static final int TRIED = 512;

    /** Integers below it are exact as doubles. */
    private static final double EXACT = 1L << 53;

    private static final double[] POWERS = powers();

    private final Entropy entropy = new Entropy();
    private final long[] sample = new long[TRIED];

    /** Values that are listed apart, with their bits. */
    final ColumnLengths positions = new ColumnLengths();

    final ColumnLengths bits = new ColumnLengths();

    private int places;

    /** Decimal places of the integers of {@link #scale}. */
    int places() {
        return places;
    }

    /**
     * Reads all values of a column whose width is 4 or 8.
     *
     * @param scaled receives the values, times ten to the power of {@link #places}; for those apart, the one before
     * @return false when that does not pay
     */
    boolean scale(ColumnBuffer column, long[] scaled) {
        if (!choose(column)) {
            return false;
        }
        positions.count = 0;
        bits.count = 0;
        long last = 0;
        for (int i = 0; i < column.count; i++) {
            long raw = BigEndian.signedAt(column.values, i * column.width, column.width);
            long near = near(raw, column.width, places);
            if (bits(near, column.width, places) == raw) {
                last = near;
            } else {
                positions.add(i);
                bits.add(raw);
            }
            scaled[i] = last;
        }
        return positions.count <= column.count >> 3;
    }

    /** Looks for the fewest places that fit most of a sample, and whether they make it smaller. */
    private boolean choose(ColumnBuffer column) {
        int tried = Math.min(column.count, TRIED);
        int most = 0;
        for (int each = 0; each <= PLACES && most < tried; each++) {
            int fitting = fitting(column, tried, each);
            if (fitting > most) {
                most = fitting;
                places = each;
            }
        }
        if (most < tried - (tried >> 3)) {
            return false;
        }
        return cost(column, tried, true) + (tried - most) * 64L * 256 < cost(column, tried, false);
    }

    private int fitting(ColumnBuffer column, int tried, int digits) {
        int fitting = 0;
        for (int i = 0; i < tried; i++) {
            long raw = sampled(column, i, tried);
            fitting += bits(near(raw, column.width, digits), column.width, digits) == raw ? 1 : 0;
        }
        return fitting;
    }

    private long cost(ColumnBuffer column, int tried, boolean asIntegers) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < tried; i++) {
            long raw = sampled(column, i, tried);
            sample[i] = asIntegers ? near(raw, column.width, places) : raw;
            least = Math.min(least, sample[i]);
        }
        for (int i = 0; i < tried; i++) {
            sample[i] -= least;
        }
        return entropy.bits(sample, tried);
    }

    private static long sampled(ColumnBuffer column, int index, int tried) {
        int value = (int) ((long) index * column.count / tried);
        return BigEndian.signedAt(column.values, value * column.width, column.width);
    }

    private static long near(long raw, int width, int places) {
        double value = width == Float.BYTES ? Float.intBitsToFloat((int) raw) : Double.longBitsToDouble(raw);
        double scaled = Math.rint(value * POWERS[places]);
        return Math.abs(scaled) < EXACT ? (long) scaled : 0;
    }

    /** The bits of the number that a scaled integer stands for; those of a float have its sign above them. */
    static long bits(long scaled, int width, int places) {
        double value = scaled / POWERS[places];
        return width == Float.BYTES ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
    }

    private static double[] powers() {
        double[] powers = new double[PLACES + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}
