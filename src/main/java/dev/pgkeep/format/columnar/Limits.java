package dev.pgkeep.format.columnar;

/** The limits of the format in one chunk, so that a damaged one cannot ask for more memory than there is. */
final class Limits {
    /** Bytes of rows in one chunk. */
    static final long CHUNK_BYTES = 64L << 20;

    /** Rows in one chunk. */
    static final int CHUNK_ROWS = 1 << 23;

    /** Fields of a row: what PostgreSQL allows in a table. */
    static final int COLUMNS = 1664;

    /** Bytes of any buffer. */
    static final int BUFFER = 1 << 29;

    /** Different values in a dictionary. */
    static final int DICTIONARY = 4096;

    /** Strings and numbers that fill the templates of one column. */
    static final int FILLS = 1 << 20;

    private Limits() {}

    /** Whether so many different ones among so many values are too many for a dictionary to pay. */
    static boolean tooMany(int different, int values) {
        return different > DICTIONARY || different > 16 + (values >> 3);
    }
}
