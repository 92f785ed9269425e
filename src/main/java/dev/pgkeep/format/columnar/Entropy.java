package dev.pgkeep.format.columnar;

import java.util.Arrays;

/**
 * Estimates what numbers take once their bytes, each rank on its own, have gone through an entropy coder. In
 * fixed-point integers from a table, so that it comes out the same everywhere.
 */
final class Entropy {
    /** The largest sample. */
    static final int SAMPLE = 512;

    private static final int[] N_LOG_N = table();

    private final int[] counts = new int[256];

    /** The size of all numbers of the sample together, in 256ths of a bit. */
    long bits(long[] sample, int size) {
        long any = 0;
        for (int i = 0; i < size; i++) {
            any |= sample[i];
        }
        long sum = 0;
        for (int shift = 0; shift < 64 && any >>> shift != 0; shift += 8) {
            sum += plane(sample, size, shift);
        }
        return sum;
    }

    private long plane(long[] sample, int size, int shift) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < size; i++) {
            counts[(int) (sample[i] >>> shift) & 0xFF]++;
        }
        long sum = N_LOG_N[size];
        for (int count : counts) {
            sum -= N_LOG_N[count];
        }
        return sum;
    }

    private static int[] table() {
        int[] table = new int[SAMPLE + 1];
        for (int i = 2; i <= SAMPLE; i++) {
            table[i] = (int) StrictMath.rint(i * (StrictMath.log(i) / StrictMath.log(2)) * 256);
        }
        return table;
    }
}
