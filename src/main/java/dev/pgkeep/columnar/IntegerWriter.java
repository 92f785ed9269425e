package dev.pgkeep.columnar;

import java.util.Arrays;

/**
 * Packs a run of integers: relative to the smallest, as steps from one to the next, or as places in a list of the few
 * that occur, whichever an estimate over a sample finds smallest. What remains is written byte rank by byte rank, or in
 * 1, 2 or 4 bits each.
 */
final class IntegerWriter {
    static final int FRAME = 0;
    static final int DELTA = 1 << 4;
    static final int LIST = 2 << 4;
    static final int RUNS = 3 << 4;

    /** Neighbours that must be equal, on average, before runs are thought of. */
    private static final int NEIGHBOURS = 4;

    private static final int RUN = 256;

    /**
     * What is relative to other values must save more than this part: when one of those is removed, all that is
     * relative to it changes.
     */
    private static final int WORTH = 64;

    /** Bits of the range of values above those by which the smallest may be lowered. */
    private static final int ROOM = 3;

    private final Output out;
    private final Entropy entropy = new Entropy();
    private final LongList list = new LongList();
    private final long[] sample = new long[Entropy.SAMPLE];
    private final long[] trial = new long[Entropy.SAMPLE];
    private final int[] runs = new int[Entropy.SAMPLE / RUN + 1];
    private int sampled;
    private long[] rest = {};

    private long[] heads = {};
    private long[] lengths = {};
    private int runCount;

    private long plain;
    private long framed;
    private long stepped;
    /** Bits that any of the values has. */
    private long bits;
    /** From the smallest to the largest; negative when that is too much. */
    private long range;

    private long base;
    private long step;
    private long stride;

    IntegerWriter(Output out) {
        this.out = out;
    }

    /** @param width bytes that count of each value: what is above them may be lost */
    void write(long[] values, int count, int width) {
        write(values, count, width, true);
    }

    /** @param whole whether this is not a part of another run of integers: only then it may have parts */
    private void write(long[] values, int count, int width, boolean whole) {
        if (count == 0) {
            return;
        }
        long mask = width >= Long.BYTES ? -1 : (1L << (8 * width)) - 1;
        long least = least(values, count, mask);
        if (whole && least > 2L * 256 * count && findRuns(values, count)) {
            long runs = least(heads, runCount, mask) + least(lengths, runCount, -1);
            if (runs < least - (least >> 4)) {
                writeRuns(width);
                return;
            }
            least(values, count, mask);
        }
        if (whole && least > 320L * count && listed(values, count, least)) {
            writeList(values, count);
        } else if (plain - plain / WORTH <= Math.min(framed, stepped)
                && Planes.bytes(bits & mask, count) <= Planes.bytes(range / step, count)) {
            writeFrame(values, count, 0, 1, mask);
        } else if (framed <= stepped) {
            writeFrame(values, count, base, step, -1);
        } else {
            writeSteps(values, count);
        }
    }

    /** What the values would take, in 256ths of a bit, the best way that has no parts. */
    private long least(long[] values, int count, long mask) {
        measure(values, count);
        takeSample(values, count);
        plain = costAsIs(mask);
        framed = costFramed();
        stepped = costStepped(values[0]);
        return Math.min(plain, Math.min(framed, stepped)) * count / sampled;
    }

    private boolean findRuns(long[] values, int count) {
        runCount = 0;
        int most = count / NEIGHBOURS;
        int from = 0;
        for (int i = 1; i <= count; i++) {
            if (i < count && values[i] == values[from]) {
                continue;
            }
            if (runCount == most) {
                return false;
            }
            if (runCount == heads.length) {
                heads = Arrays.copyOf(heads, Output.grown(runCount, runCount + 1L));
                lengths = Arrays.copyOf(lengths, heads.length);
            }
            heads[runCount] = values[from];
            lengths[runCount++] = (long) i - from;
            from = i;
        }
        return true;
    }

    private void writeRuns(int width) {
        out.put(RUNS);
        out.putUnsigned(runCount);
        write(heads, runCount, width, false);
        write(lengths, runCount, Integer.BYTES, false);
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

    /** To a round number, where that costs no more bytes: it stays the same when the smallest is removed. */
    private void lowerBase(long most) {
        long places = range / step;
        int zeros = Long.SIZE - Long.numberOfLeadingZeros(places) - ROOM;
        if (zeros > 0) {
            long lower = (Math.floorDiv(base, step) >> zeros << zeros) * step + Math.floorMod(base, step);
            boolean fits = lower <= base && most - lower > 0;
            if (fits && Planes.packing((most - lower) / step) == Planes.packing(places)) {
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

    /** All values when there are few, else runs of neighbours from all over. */
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

    private boolean listed(long[] values, int count, long least) {
        if (!list.fill(values, count)) {
            return false;
        }
        for (int i = 0; i < sampled; i++) {
            trial[i] = list.place(sample[i]);
        }
        long places = entropy.bits(trial, sampled) * count / sampled;
        return places + list.size() * (long) Long.SIZE * 128 < least;
    }

    private void writeList(long[] values, int count) {
        out.put(LIST);
        out.putUnsigned(list.size());
        long[] places = new long[count];
        for (int i = 0; i < count; i++) {
            places[i] = list.place(values[i]);
        }
        write(list.entries(), list.size(), Long.BYTES, false);
        write(places, count, Long.BYTES, false);
    }

    private void writeFrame(long[] values, int count, long from, long by, long mask) {
        long[] target = room(count);
        long any = 0;
        for (int i = 0; i < count; i++) {
            long distance = (values[i] - from) & mask;
            target[i] = distance;
            any |= distance;
        }
        if (by > 1) {
            any = 0;
            for (int i = 0; i < count; i++) {
                target[i] /= by;
                any |= target[i];
            }
        }
        int packing = Planes.packing(any);
        out.put(FRAME | packing);
        out.putSigned(from);
        out.putUnsigned(by);
        Planes.write(out, target, count, packing);
    }

    private void writeSteps(long[] values, int count) {
        long[] target = room(count);
        long first = values[0];
        long last = -stride;
        long any = 0;
        for (int i = 0; i < count; i++) {
            long value = step == 1 ? values[i] - first : (values[i] - first) / step;
            long difference = value - last - stride;
            last = value;
            long folded = (difference << 1) ^ (difference >> 63);
            target[i] = folded;
            any |= folded;
        }
        int packing = Planes.packing(any);
        out.put(DELTA | packing);
        out.putSigned(first);
        out.putUnsigned(step);
        out.putSigned(stride);
        Planes.write(out, target, count, packing);
    }

    private long[] room(int count) {
        if (rest.length < count) {
            rest = new long[Output.grown(count, count)];
        }
        return rest;
    }
}
