package dev.pgkeep.format.columnar;

/** The values of one column as they come out of a chunk: where each lies, in the chunk or in bytes of its own. */
final class ColumnValues {
    /** Bytes of values that had to be put together. */
    final Output own = new Output(64);

    byte[] source = own.bytes;
    int[] starts = {};
    int[] lengths = {};

    /** Length of every value, or -1 when {@link #starts} and {@link #lengths} count; else they follow one another. */
    int width = -1;

    /** The offset of the first value when all have one width. */
    int first;

    int count;

    /** Place of the null bitmap in the chunk, or one of the other two. */
    int nulls;

    static final int NO_NULLS = -1;
    static final int ALL_NULL = -2;

    /** The value that comes next when rows are put together. */
    int next;

    void clear(int values) {
        own.size = 0;
        count = values;
        width = -1;
        next = 0;
    }

    /** Makes room for places and lengths of all values. */
    void spread() {
        if (starts.length < count) {
            starts = new int[count];
            lengths = new int[count];
        }
    }

    boolean isNull(int row, byte[] chunk) {
        if (nulls == NO_NULLS) {
            return false;
        }
        return nulls == ALL_NULL || (chunk[nulls + (row >> 3)] >> (row & 7) & 1) != 0;
    }

    int length(int index) {
        return width >= 0 ? width : lengths[index];
    }

    /** The offset of a value. */
    int start(int index) {
        return width >= 0 ? first + index * width : starts[index];
    }

    /** Bytes of all values. */
    long total() {
        if (width >= 0) {
            return (long) width * count;
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += lengths[i];
        }
        return total;
    }
}
