package dev.pgkeep.format.columnar;

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

    private final Output out;
    private final IntegerEstimate estimate = new IntegerEstimate();
    private final LongList list = new LongList();
    private long[] rest = {};
    private long[] places = {};

    private long[] heads = {};
    private long[] lengths = {};
    private int runCount;

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
        long least = estimate.least(values, count, mask);
        if (whole && least > 2L * 256 * count && findRuns(values, count)) {
            long runs = estimate.least(heads, runCount, mask) + estimate.least(lengths, runCount, -1);
            if (runs < least - (least >> 4)) {
                writeRuns(width);
                return;
            }
            estimate.least(values, count, mask);
        }
        if (whole && least > 320L * count && listed(values, count, least)) {
            writeList(values, count);
            return;
        }
        switch (estimate.best(count, mask)) {
            case AS_IS -> writeFrame(values, count, 0, 1, mask);
            case FRAME -> writeFrame(values, count, estimate.base(), estimate.step(), -1);
            case STEPS -> writeSteps(values, count, estimate.step(), estimate.stride());
        }
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

    private boolean listed(long[] values, int count, long least) {
        if (!list.fill(values, count)) {
            return false;
        }
        return estimate.cost(list::place, count) + list.size() * (long) Long.SIZE * 128 < least;
    }

    private void writeList(long[] values, int count) {
        out.put(LIST);
        out.putUnsigned(list.size());
        if (places.length < count) {
            places = new long[Output.grown(count, count)];
        }
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
        int packing = ByteStreamSplit.packing(any);
        out.put(FRAME | packing);
        out.putSigned(from);
        out.putUnsigned(by);
        ByteStreamSplit.write(out, target, count, packing);
    }

    private void writeSteps(long[] values, int count, long step, long stride) {
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
        int packing = ByteStreamSplit.packing(any);
        out.put(DELTA | packing);
        out.putSigned(first);
        out.putUnsigned(step);
        out.putSigned(stride);
        ByteStreamSplit.write(out, target, count, packing);
    }

    private long[] room(int count) {
        if (rest.length < count) {
            rest = new long[Output.grown(count, count)];
        }
        return rest;
    }
}
