package dev.pgkeep.format.columnar;

import java.util.Arrays;

/** Puts values together again from templates and the columns that fill them. */
final class TemplateReader {
    private final ColumnReader columns;
    private final IntegerReader integers;
    private final ColumnValues[] fills = new ColumnValues[TemplateScan.COLUMNS];
    private final int[] counts = new int[TemplateScan.COLUMNS];
    private long[] lengths = {};
    private int[] starts = {};
    private int[] uses = {};
    private int[] firstHoles = {};
    private long[] holes = {};
    private long[] places = {};

    TemplateReader(ColumnReader columns, IntegerReader integers) {
        this.columns = columns;
        this.integers = integers;
    }

    void read(Input in, int count, ColumnValues values, long limit) {
        int size = in.upTo(Limits.DICTIONARY);
        int holeCount = readTemplates(in, size);
        int width = in.upTo(TemplateScan.COLUMNS);
        holes = integers.read(in, holes, holeCount);
        places = integers.read(in, places, count);
        countFills(size, width, count, holeCount);
        long left = limit;
        for (int i = 0; i < width; i++) {
            fills[i] = fills[i] == null ? new ColumnValues() : fills[i];
            columns.values(in, counts[i], fills[i], left, false);
            left -= fills[i].total();
            Damage.unless(left >= 0, "values are longer than the rows");
        }
        Output own = values.own;
        values.spread();
        for (int i = 0; i < count; i++) {
            int from = own.size;
            fill(in.bytes, (int) places[i], own, limit);
            values.starts[i] = from;
            values.lengths[i] = own.size - from;
        }
        values.source = own.bytes;
    }

    /** @return how many holes they have together */
    private int readTemplates(Input in, int size) {
        lengths = integers.read(in, lengths, size);
        // Only damaged bytes have no template at all; they are refused where a row names one.
        if (firstHoles.length <= size) {
            starts = new int[size];
            uses = new int[size];
            firstHoles = new int[size + 1];
        }
        int count = 0;
        for (int i = 0; i < size; i++) {
            starts[i] = in.skip(lengths[i]);
            uses[i] = 0;
            firstHoles[i] = count;
            for (int at = starts[i]; at < starts[i] + (int) lengths[i]; at++) {
                count += in.bytes[at] == TemplateScan.HOLE ? 1 : 0;
            }
        }
        firstHoles[size] = count;
        return count;
    }

    /** Counts the values of each column. */
    private void countFills(int size, int width, int count, int holeCount) {
        for (int i = 0; i < count; i++) {
            Damage.unless(places[i] >= 0 && places[i] < size, "a template is outside its list");
            uses[(int) places[i]]++;
        }
        for (int i = 0; i < holeCount; i++) {
            Damage.unless(holes[i] >= 0 && holes[i] < width, "a template is filled by no column");
        }
        Arrays.fill(counts, 0, width, 0);
        long all = 0;
        for (int i = 0; i < size; i++) {
            all += (long) uses[i] * (firstHoles[i + 1] - firstHoles[i]);
            Damage.unless(all <= Limits.FILLS, "templates are filled by too many values");
            for (int hole = firstHoles[i]; hole < firstHoles[i + 1]; hole++) {
                counts[(int) holes[hole]] += uses[i];
            }
        }
        for (int i = 0; i < width; i++) {
            Damage.unless(counts[i] > 0, "a column of templates has no values");
        }
    }

    private void fill(byte[] bytes, int template, Output own, long limit) {
        int hole = firstHoles[template];
        int literal = starts[template];
        int end = literal + (int) lengths[template];
        for (int at = literal; at < end; at++) {
            if (bytes[at] == TemplateScan.HOLE) {
                put(bytes, literal, at - literal, own, limit);
                ColumnValues column = fills[(int) holes[hole++]];
                int next = column.next++;
                put(column.source, column.start(next), column.length(next), own, limit);
                literal = at + 1;
            }
        }
        put(bytes, literal, end - literal, own, limit);
    }

    private static void put(byte[] source, int from, int length, Output own, long limit) {
        Damage.unless(own.size + (long) length <= limit, "values are longer than the rows");
        int to = own.room(length);
        BigEndian.copy(source, from, own.bytes, to, length);
    }
}
