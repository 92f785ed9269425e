package dev.pgkeep.format.columnar;

/** Finds the fields of COPY's text form. */
final class TextRow {
    private static final long TABS = 0x0909090909090909L;
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private TextRow() {}

    /** The position where the field that begins here ends: at a tab or at the row's end. Eight bytes at a time. */
    static int fieldEnd(byte[] row, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long word = BigEndian.swappedAt(row, at) ^ TABS;
            long found = (word - LOW) & ~word & HIGH;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && row[at] != '\t') {
            at++;
        }
        return at;
    }
}
