package dev.pgkeep.format.columnar;

/** Puts arrays together again from their heads and elements. */
final class ArrayReader {
    private final ColumnReader columns;
    private final ColumnValues heads = new ColumnValues();
    private final ColumnValues elements = new ColumnValues();

    ArrayReader(ColumnReader columns) {
        this.columns = columns;
    }

    void read(Input in, int count, ColumnValues values, long limit) {
        columns.values(in, count, heads, limit, false);
        long all = 0;
        for (int i = 0; i < count; i++) {
            all += elements(i);
            Damage.unless(all <= Limits.FILLS, "arrays have too many elements");
        }
        elements.clear(0);
        if (all > 0) {
            columns.read(in, (int) all, elements, limit, false);
        }
        Damage.unless(
                heads.total() + elements.total() + Integer.BYTES * all <= limit, "values are longer than the rows");
        Output own = values.own;
        values.spread();
        int element = 0;
        for (int i = 0; i < count; i++) {
            int from = own.size;
            put(heads, i, own);
            for (long left = elements(i); left > 0; left--) {
                boolean missing = elements.isNull(element++, in.bytes);
                int at = own.room(Integer.BYTES);
                BigEndian.putInt(own.bytes, at, missing ? -1 : elements.length(elements.next));
                if (!missing) {
                    put(elements, elements.next++, own);
                }
            }
            values.starts[i] = from;
            values.lengths[i] = own.size - from;
        }
        values.source = own.bytes;
    }

    private long elements(int index) {
        int length = heads.length(index);
        int from = heads.start(index);
        Damage.unless(
                ArrayScan.headLength(heads.source, from, length) == length, "an array has another head than arrays");
        long count = ArrayScan.count(heads.source, from, length);
        Damage.unless(count >= 0, "arrays have too many elements");
        return count;
    }

    private static void put(ColumnValues source, int index, Output own) {
        int length = source.length(index);
        int to = own.room(length);
        BigEndian.copy(source.source, source.start(index), own.bytes, to, length);
    }
}
