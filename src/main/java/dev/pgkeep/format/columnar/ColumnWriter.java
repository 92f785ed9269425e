package dev.pgkeep.format.columnar;

import java.util.Arrays;

/** Packs one column after the other, each the way that fits its values. */
final class ColumnWriter {
    static final int NO_NULLS = 0;
    static final int ALL_NULL = 1;
    static final int SOME_NULLS = 2;

    private final Output out;
    private final IntegerWriter integers;
    private final PlainWriter plain;
    private final Decimals decimals = new Decimals();
    private final ArrayScan arrays = new ArrayScan();
    private final TemplateScan json = new TemplateScan();
    private final ScaledDoubles reals = new ScaledDoubles();
    private final ByteList list = new ByteList();
    private final PatternScan scan = new PatternScan();
    private final WordsEstimate estimate = new WordsEstimate();
    private long[] first = {};
    private long[] second = {};

    ColumnWriter(Output out) {
        this.out = out;
        integers = new IntegerWriter(out);
        plain = new PlainWriter(out, integers);
    }

    /** Bytes of what may grow with every table. */
    long room() {
        return json.room() + arrays.elements.room() + arrays.heads.room() + 2L * Long.BYTES * first.length;
    }

    void write(ColumnBuffer column, ColumnHint hint) {
        write(column, hint, true);
    }

    /** @param whole whether this is a column of the rows, not a part of one */
    private void write(ColumnBuffer column, ColumnHint hint, boolean whole) {
        int rows = column.count + column.nullCount;
        if (column.nullCount == 0) {
            out.put(NO_NULLS);
        } else if (column.count == 0) {
            out.put(ALL_NULL);
        } else {
            out.put(SOME_NULLS);
            int at = out.room((rows + 7) >> 3);
            int known = Math.min(column.nulls.length, (rows + 7) >> 3);
            Arrays.fill(out.bytes, at, at + ((rows + 7) >> 3), (byte) 0);
            System.arraycopy(column.nulls, 0, out.bytes, at, known);
        }
        if (column.count > 0) {
            values(column, hint, whole);
        }
    }

    private void makeRoom(int count) {
        if (first.length < count) {
            first = new long[Output.grown(count, count)];
            second = new long[first.length];
        }
    }

    private void values(ColumnBuffer column, ColumnHint hint, boolean whole) {
        makeRoom(column.count);
        if (hint == ColumnHint.NUMERIC && decimals.scale(column, first, second)) {
            writeDecimals(column.count);
        } else if (hint == ColumnHint.REAL && isReal(column.width) && reals.scale(column, first)) {
            writeReals(column);
        } else if (isInteger(column.width) && !WordsEstimate.looksLikeText(column)) {
            writeWords(column);
        } else if (listed(column)) {
            writeList(column.count);
        } else if (whole && hint == ColumnHint.ARRAY && arrays.take(column)) {
            writeArrays();
        } else if (whole && TemplateScan.looksLikeJson(column) && json.take(column)) {
            writeTemplates(column.count);
        } else if (scan.take(column)) {
            writePatterns(column.count);
        } else {
            writeBytes(column);
        }
    }

    private static boolean isInteger(int width) {
        return width == 1 || width == 2 || width == 4 || width == 8;
    }

    private static boolean isReal(int width) {
        return width == Float.BYTES || width == Double.BYTES;
    }

    private void writeBytes(ColumnBuffer column) {
        if (column.width > 0 && column.width <= Encoding.WORDS_WIDTH && estimate.wordsPay(column)) {
            writeWords(column);
        } else {
            out.put(Encoding.PLAIN);
            plain.write(column);
        }
    }

    private void writeWords(ColumnBuffer column) {
        int width = column.width;
        out.put(Encoding.WORDS);
        out.putUnsigned(width);
        for (int from = 0; from < width; from += Encoding.word(width - from)) {
            int word = Encoding.word(width - from);
            load(column, from, word);
            integers.write(first, column.count, word);
        }
    }

    private void load(ColumnBuffer column, int from, int word) {
        byte[] values = column.values;
        int width = column.width;
        int at = from;
        for (int i = 0; i < column.count; i++) {
            first[i] = BigEndian.signedAt(values, at, word);
            at += width;
        }
    }

    private boolean listed(ColumnBuffer column) {
        list.clear();
        int at = 0;
        for (int i = 0; i < column.count; i++) {
            int length = column.length(i);
            first[i] = list.place(column.values, at, length);
            if (Limits.tooMany(list.size, i)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private void writeList(int count) {
        out.put(Encoding.LIST);
        out.putUnsigned(list.size);
        plain.write(list);
        integers.write(first, count, Long.BYTES);
    }

    private void writeDecimals(int count) {
        out.put(Encoding.DECIMALS);
        out.putUnsigned(decimals.places());
        integers.write(second, count, Short.BYTES);
        integers.write(first, count, Long.BYTES);
    }

    private void writeReals(ColumnBuffer column) {
        out.put(Encoding.REALS);
        out.putUnsigned(column.width);
        out.putUnsigned(reals.places());
        out.putUnsigned(reals.positions.count);
        integers.write(reals.positions.values, reals.positions.count, Integer.BYTES);
        integers.write(reals.bits.values, reals.bits.count, column.width);
        integers.write(first, column.count, Long.BYTES);
    }

    private void writeTemplates(int count) {
        out.put(Encoding.TEMPLATES);
        out.putUnsigned(json.templates.size);
        plain.write(json.templates);
        out.putUnsigned(json.columns());
        integers.write(json.holes.values, json.holes.count, Short.BYTES);
        integers.write(json.places, count, Long.BYTES);
        for (int i = 0; i < json.columns(); i++) {
            values(json.column(i), ColumnHint.ANY, false);
        }
    }

    private void writeArrays() {
        out.put(Encoding.ARRAYS);
        values(arrays.heads, ColumnHint.ANY, false);
        if (arrays.elements.count + arrays.elements.nullCount > 0) {
            write(arrays.elements, ColumnHint.ANY, false);
        }
    }

    private void writePatterns(int count) {
        out.put(Encoding.PATTERNS);
        out.putUnsigned(scan.patterns.size);
        plain.write(scan.patterns);
        integers.write(scan.places, count, Long.BYTES);
        for (int i = 0; i < scan.numberParts; i++) {
            NumberPart part = scan.numbers[i];
            out.put(part.padded ? 1 : 0);
            if (part.padded) {
                integers.write(part.widths, part.count, 1);
            }
            integers.write(part.values, part.count, Long.BYTES);
        }
        for (int i = 0; i < scan.hexParts; i++) {
            HexPart part = scan.hexes[i];
            makeRoom(part.packed.count);
            integers.write(part.digits.values, part.digits.count, Integer.BYTES);
            writeBytes(part.packed);
        }
    }
}
