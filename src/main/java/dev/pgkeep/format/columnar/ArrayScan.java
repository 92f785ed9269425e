package dev.pgkeep.format.columnar;

/**
 * PostgreSQL's binary arrays, taken apart into their heads and a column of all elements. A head is 32-bit numbers: how
 * many dimensions, flags, the type of the elements, and length and lower bound of each dimension. Then come the
 * elements, each with its length in front, -1 for NULL.
 */
final class ArrayScan {
    private static final int DIMENSIONS = 6;
    private static final int FIXED = 12;

    final ColumnBuffer heads = new ColumnBuffer();
    final ColumnBuffer elements = new ColumnBuffer();

    /** False when one of the values is something else, or there are too many elements. */
    boolean take(ColumnBuffer column) {
        heads.clear();
        elements.clear();
        int at = 0;
        for (int i = 0; i < column.count; i++) {
            int length = column.length(i);
            if (!take(column.values, at, at + length)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private boolean take(byte[] bytes, int from, int end) {
        int head = headLength(bytes, from, end - from);
        if (head < 0) {
            return false;
        }
        long count = count(bytes, from, head);
        if (count < 0 || elements.count + elements.nullCount + count > Limits.FILLS) {
            return false;
        }
        int at = from + head;
        for (long i = 0; i < count; i++) {
            if (end - at < Integer.BYTES) {
                return false;
            }
            int length = BigEndian.intAt(bytes, at);
            at += Integer.BYTES;
            if (length == -1) {
                elements.addNull();
            } else if (length >= 0 && length <= end - at) {
                elements.add(bytes, at, length);
                at += length;
            } else {
                return false;
            }
        }
        heads.add(bytes, from, head);
        return at == end;
    }

    /** Bytes of a head that begins here, or -1 when there is none. */
    static int headLength(byte[] bytes, int from, int length) {
        if (length < FIXED) {
            return -1;
        }
        int dimensions = BigEndian.intAt(bytes, from);
        int head = FIXED + 2 * Integer.BYTES * dimensions;
        return dimensions >= 0 && dimensions <= DIMENSIONS && head <= length ? head : -1;
    }

    /** The number of elements that follow a head; -1 when it does not say, or there are too many. */
    static long count(byte[] bytes, int from, int head) {
        long count = head == FIXED ? 0 : 1;
        for (int at = from + FIXED; at < from + head; at += 2 * Integer.BYTES) {
            int length = BigEndian.intAt(bytes, at);
            count = length < 0 ? -1 : count * length;
            if (count < 0 || count > Limits.FILLS) {
                return -1;
            }
        }
        return count;
    }
}
