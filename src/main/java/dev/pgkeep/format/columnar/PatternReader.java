package dev.pgkeep.format.columnar;

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
    private int[] cuts = {};
    private int[] cutStarts = {};
    private int cutSize;

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
        cut(in.bytes, size);
        Output own = values.own;
        values.spread();
        for (int i = 0; i < count; i++) {
            int pattern = (int) places[i];
            int from = own.size;
            fill(in.bytes, cutStarts[pattern], own);
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

    /** Counts the numbers and the runs of digits that come at each place, all values together. */
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

    /** Cuts each pattern at its signs: place and length of the text before a sign, then the sign (0 at the end). */
    private void cut(byte[] bytes, int size) {
        cutSize = 0;
        if (cutStarts.length < size) {
            cutStarts = new int[size];
        }
        for (int i = 0; i < size; i++) {
            cutStarts[i] = cutSize;
            int literal = starts[i];
            int end = starts[i] + (int) lengths[i];
            for (int at = literal; at < end; at++) {
                if (Pattern.isSign(bytes[at])) {
                    cut(literal, at - literal, bytes[at]);
                    literal = at + 1;
                }
            }
            cut(literal, end - literal, (byte) 0);
        }
    }

    private void cut(int start, int length, byte sign) {
        if (cutSize + 3 > cuts.length) {
            cuts = Arrays.copyOf(cuts, Output.grown(cuts.length, cutSize + 3L));
        }
        cuts[cutSize++] = start;
        cuts[cutSize++] = length;
        cuts[cutSize++] = sign;
    }

    private void fill(byte[] bytes, int from, Output own) {
        int number = 0;
        int hex = 0;
        for (int at = from; ; at += 3) {
            literal(bytes, cuts[at], cuts[at + 1], own);
            switch ((byte) cuts[at + 2]) {
                case Pattern.NUMBER -> numbers[number++].next(own);
                case Pattern.HEX -> hexes[hex++].next(own);
                case Pattern.UUID -> hexes[hex++].nextUuid(own);
                default -> {
                    return;
                }
            }
        }
    }

    private static void literal(byte[] bytes, int from, int length, Output own) {
        int to = own.room(length);
        BigEndian.copy(bytes, from, own.bytes, to, length);
    }
}
