package dev.pgkeep.columnar;

import java.util.Arrays;

/** Puts values together again from patterns and what fills them. */
final class PatternReader {
    private final ColumnReader columns;
    private final IntegerReader integers;
    private final NumberFill[] numbers = new NumberFill[Pattern.PARTS];
    private final HexFill[] hexes = new HexFill[Pattern.PARTS];
    private final int[] numberCounts = new int[Pattern.PARTS];
    private final int[] hexCounts = new int[Pattern.PARTS];
    private int[] starts = {};
    private long[] lengths = {};
    private int[] uses = {};
    private long[] places = {};

    PatternReader(ColumnReader columns, IntegerReader integers) {
        this.columns = columns;
        this.integers = integers;
    }

    void read(Input in, int count, ColumnValues values, long limit) {
        int size = in.upTo(Limits.DICTIONARY);
        readPatterns(in, size);
        places = integers.read(in, places, count);
        countParts(in.bytes, size, count);
        for (int i = 0; i < Pattern.PARTS && numberCounts[i] > 0; i++) {
            numbers[i] = numbers[i] == null ? new NumberFill() : numbers[i];
            numbers[i].read(in, integers, numberCounts[i]);
        }
        for (int i = 0; i < Pattern.PARTS && hexCounts[i] > 0; i++) {
            hexes[i] = hexes[i] == null ? new HexFill() : hexes[i];
            hexes[i].read(in, integers, columns, hexCounts[i], limit);
        }
        Output own = values.own;
        values.spread();
        for (int i = 0; i < count; i++) {
            int pattern = (int) places[i];
            int from = own.size;
            fill(in.bytes, starts[pattern], (int) lengths[pattern], own);
            values.starts[i] = from;
            values.lengths[i] = own.size - from;
            Damage.unless(own.size <= limit, "values are longer than the rows");
        }
        values.source = own.bytes;
    }

    private void readPatterns(Input in, int size) {
        lengths = integers.read(in, lengths, size);
        if (starts.length < size) {
            starts = new int[size];
            uses = new int[size];
        }
        for (int i = 0; i < size; i++) {
            starts[i] = in.skip(lengths[i]);
            uses[i] = 0;
        }
    }

    /** How many numbers and how many runs of digits come at each place, all values together. */
    private void countParts(byte[] bytes, int size, int count) {
        for (int i = 0; i < count; i++) {
            Damage.unless(places[i] >= 0 && places[i] < size, "a pattern is outside its list");
            uses[(int) places[i]]++;
        }
        Arrays.fill(numberCounts, 0);
        Arrays.fill(hexCounts, 0);
        for (int i = 0; i < size; i++) {
            int number = 0;
            int hex = 0;
            for (int at = starts[i]; at < starts[i] + (int) lengths[i]; at++) {
                if (bytes[at] == Pattern.NUMBER) {
                    Damage.unless(number < Pattern.PARTS, "a pattern has too many parts");
                    numberCounts[number++] += uses[i];
                } else if (bytes[at] == Pattern.HEX || bytes[at] == Pattern.UUID) {
                    Damage.unless(hex < Pattern.PARTS, "a pattern has too many parts");
                    hexCounts[hex++] += uses[i];
                }
            }
        }
    }

    private void fill(byte[] bytes, int start, int length, Output own) {
        int number = 0;
        int hex = 0;
        int literal = start;
        int end = start + length;
        for (int at = start; at < end; at++) {
            byte here = bytes[at];
            if (here == Pattern.NUMBER || here == Pattern.HEX || here == Pattern.UUID) {
                literal(bytes, literal, at - literal, own);
                literal = at + 1;
                if (here == Pattern.NUMBER) {
                    numbers[number++].next(own);
                } else {
                    hexes[hex++].next(own, here == Pattern.UUID);
                }
            }
        }
        literal(bytes, literal, end - literal, own);
    }

    private static void literal(byte[] bytes, int from, int length, Output own) {
        int to = own.room(length);
        Wire.copy(bytes, from, own.bytes, to, length);
    }
}
