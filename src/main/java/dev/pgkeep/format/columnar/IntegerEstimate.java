package dev.pgkeep.format.columnar;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Estimates over a sample which way of writing a run of integers that has no parts is the smallest, and finds what it
 * needs: the number they are relative to, their common divisor, the usual step.
 */
final class IntegerEstimate {
    /** Ways of writing integers. */
    enum Way {
        AS_IS,
        FRAME,
        STEPS
    }

    private static final int RUN = 64;

    /**
     * The part that being relative to other values must save: when one of those is removed, all that is relative to it
     * changes.
     */
    private static final int WORTH = 64;

    /** Bits of the range of values above those by which the smallest may be lowered. */
    private static final int ROOM = 3;

    private final Entropy entropy = new Entropy();
    private final long[] sample = new long[Entropy.SAMPLE];
    private final long[] trial = new long[Entropy.SAMPLE];
    private final int[] runs = new int[Entropy.SAMPLE / RUN + 1];
    private int sampled;

    private long plain;
    private long framed;
    private long stepped;
    /** Bits that any of the values has. */
    private long bits;
    /** The distance from the smallest value to the largest; negative when that is too much. */
    private long range;

    private long base;
    private long step;
    private long stride;

    /** The size that the values would take, in 256ths of a bit, the best way that has no parts. */
    long least(long[] values, int count, long mask) {
        measure(values, count);
        takeSample(values, count);
        plain = costAsIs(mask);
        framed = costFramed();
        stepped = costStepped(values[0]);
        return Math.min(plain, Math.min(framed, stepped)) * count / sampled;
    }

    /** The size that the integers which were estimated last would take, in 256ths of a bit, were they others. */
    long cost(LongUnaryOperator other, int count) {
        for (int i = 0; i < sampled; i++) {
            trial[i] = other.applyAsLong(sample[i]);
        }
        return entropy.bits(trial, sampled) * count / sampled;
    }

    /** The best way for the integers that were estimated last. */
    Way best(int count, long mask) {
        boolean asIs = plain - plain / WORTH <= Math.min(framed, stepped)
                && ByteStreamSplit.bytes(bits & mask, count) <= ByteStreamSplit.bytes(range / step, count);
        if (asIs) {
            return Way.AS_IS;
        }
        return framed <= stepped ? Way.FRAME : Way.STEPS;
    }

    /** The base that all values are relative to. */
    long base() {
        return base;
    }

    /** The step that divides all distances. */
    long step() {
        return step;
    }

    /** The stride: the distance from one value to the next, mostly. */
    long stride() {
        return stride;
    }

    /** Finds the smallest and the greatest common divisor of the distances to it. */
    private void measure(long[] values, int count) {
        long least = values[0];
        long most = values[0];
        bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= values[i];
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        base = least;
        step = most - least < 0 ? 1 : 0;
        for (int i = 0; i < count && step != 1; i++) {
            long distance = values[i] - least;
            if (step == 0 || distance % step != 0) {
                step = divisor(step, distance);
            }
        }
        step = Math.max(step, 1);
        range = most - least;
        if (range > 0) {
            lowerBase(most);
        }
    }

    /**
     * Lowers the base to a round number, where that costs no more bytes: it stays the same when the smallest is
     * removed.
     */
    private void lowerBase(long most) {
        long places = range / step;
        int zeros = Long.SIZE - Long.numberOfLeadingZeros(places) - ROOM;
        if (zeros > 0) {
            long lower = (Math.floorDiv(base, step) >> zeros << zeros) * step + Math.floorMod(base, step);
            boolean fits = lower <= base && most - lower > 0;
            if (fits && ByteStreamSplit.packing((most - lower) / step) == ByteStreamSplit.packing(places)) {
                base = lower;
            }
        }
    }

    private static long divisor(long first, long second) {
        long a = first;
        long b = second;
        while (b != 0) {
            long remainder = a % b;
            a = b;
            b = remainder;
        }
        return a;
    }

    /** Takes a sample: all values when there are few, else runs of neighbours from all over. */
    private void takeSample(long[] values, int count) {
        sampled = 0;
        int pieces = count <= Entropy.SAMPLE ? 1 : Entropy.SAMPLE / RUN;
        int length = count <= Entropy.SAMPLE ? count : RUN;
        for (int i = 0; i < pieces; i++) {
            int from = pieces == 1 ? 0 : (int) ((long) i * (count - length) / (pieces - 1));
            System.arraycopy(values, from, sample, sampled, length);
            runs[i] = sampled;
            sampled += length;
        }
        runs[pieces] = sampled;
    }

    private long costAsIs(long mask) {
        for (int i = 0; i < sampled; i++) {
            trial[i] = sample[i] & mask;
        }
        return entropy.bits(trial, sampled);
    }

    private long costFramed() {
        // Division is slow, and mostly by one.
        if (step == 1) {
            for (int i = 0; i < sampled; i++) {
                trial[i] = sample[i] - base;
            }
        } else {
            for (int i = 0; i < sampled; i++) {
                trial[i] = (sample[i] - base) / step;
            }
        }
        return entropy.bits(trial, sampled);
    }

    private long costStepped(long first) {
        int size = 0;
        for (int run = 0; runs[run] < sampled; run++) {
            for (int i = runs[run] + 1; i < runs[run + 1]; i++) {
                trial[size++] = step == 1
                        ? sample[i] - sample[i - 1]
                        : (sample[i] - first) / step - (sample[i - 1] - first) / step;
            }
        }
        if (size == 0) {
            stride = 0;
            return Long.MAX_VALUE;
        }
        stride = middle(size);
        for (int i = 0; i < size; i++) {
            long difference = trial[i] - stride;
            trial[i] = (difference << 1) ^ (difference >> 63);
        }
        return entropy.bits(trial, size) * sampled / size;
    }

    /**
     * The median of some of the steps; only roughly unless many are equal to it, so that it stays the same when few of
     * them change.
     */
    private long middle(int size) {
        int some = Math.min(size, 63);
        long[] picked = new long[some];
        for (int i = 0; i < some; i++) {
            picked[i] = trial[(int) ((long) i * size / some)];
        }
        Arrays.sort(picked);
        long median = picked[some / 2];
        boolean usual = picked[some / 4] == median || picked[some - 1 - some / 4] == median;
        return usual ? median : rough(median);
    }

    /** The number of two bits and zeros that is next to it, towards zero. */
    private static long rough(long value) {
        long size = Math.abs(value);
        long two = Long.highestOneBit(size);
        long rounded = size & (two | two >> 1);
        return value < 0 ? -rounded : rounded;
    }
}
