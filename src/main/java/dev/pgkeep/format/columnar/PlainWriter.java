package dev.pgkeep.format.columnar;

/** Writes values as they are: their lengths, then their bytes. */
final class PlainWriter {
    private final Output out;
    private final IntegerWriter integers;
    private long[] lengths = {};

    PlainWriter(Output out, IntegerWriter integers) {
        this.out = out;
        this.integers = integers;
    }

    void write(ColumnBuffer column) {
        if (lengths.length < column.count) {
            lengths = new long[Output.grown(column.count, column.count)];
        }
        for (int i = 0; i < column.count; i++) {
            lengths[i] = column.length(i);
        }
        integers.write(lengths, column.count, Integer.BYTES);
        out.seam();
        out.put(column.values, 0, column.size);
    }

    void write(ByteList list) {
        integers.write(list.lengths, list.size, Integer.BYTES);
        out.seam();
        out.put(list.bytes.bytes, 0, list.bytes.size);
    }
}
