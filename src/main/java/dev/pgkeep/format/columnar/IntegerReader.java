package dev.pgkeep.format.columnar;

import java.util.Arrays;

/** Reads what {@link IntegerWriter} wrote. */
final class IntegerReader {
    private long[] entries = {};
    private long[] lengths = {};

    /** Reads so many integers into the array, or into a longer one, which is returned. */
    long[] read(Input in, long[] into, int count) {
        return read(in, into, count, true);
    }

    private long[] read(Input in, long[] into, int count, boolean whole) {
        long[] values = into.length >= count ? into : new long[count];
        if (count == 0) {
            return values;
        }
        int mode = in.next();
        switch (mode & 0xF0) {
            case IntegerWriter.FRAME -> readFrame(in, values, count, mode & 0xF);
            case IntegerWriter.DELTA -> readSteps(in, values, count, mode & 0xF);
            case IntegerWriter.LIST -> {
                Damage.unless(whole, "a list within a list");
                readList(in, values, count);
            }
            case IntegerWriter.RUNS -> {
                Damage.unless(whole, "runs within runs");
                readRuns(in, values, count);
            }
            default -> throw Damage.of("integers are stored in an unknown way");
        }
        return values;
    }

    private static void readFrame(Input in, long[] values, int count, int packing) {
        long base = in.signed();
        long step = in.unsigned();
        ByteStreamSplit.read(in, values, count, packing);
        for (int i = 0; i < count; i++) {
            values[i] = values[i] * step + base;
        }
    }

    private static void readSteps(Input in, long[] values, int count, int packing) {
        long first = in.signed();
        long step = in.unsigned();
        long stride = in.signed();
        ByteStreamSplit.read(in, values, count, packing);
        long last = -stride;
        for (int i = 0; i < count; i++) {
            long folded = values[i];
            last += stride + ((folded >>> 1) ^ -(folded & 1));
            values[i] = last * step + first;
        }
    }

    private void readList(Input in, long[] values, int count) {
        int size = in.upTo(Limits.DICTIONARY);
        entries = read(in, entries, size, false);
        read(in, values, count, false);
        for (int i = 0; i < count; i++) {
            long place = values[i];
            Damage.unless(place >= 0 && place < size, "a place is outside its list");
            values[i] = entries[(int) place];
        }
    }

    private void readRuns(Input in, long[] values, int count) {
        int runs = in.upTo(count);
        entries = read(in, entries, runs, false);
        lengths = read(in, lengths, runs, false);
        int at = 0;
        for (int i = 0; i < runs; i++) {
            Damage.unless(lengths[i] > 0 && lengths[i] <= count - at, "a run is longer than what it is part of");
            Arrays.fill(values, at, at + (int) lengths[i], entries[i]);
            at += (int) lengths[i];
        }
        Damage.unless(at == count, "runs are shorter than what they are part of");
    }
}
