package dev.pgkeep.format.columnar;

/** The ways in which the values of a column are stored. The numbers stand in chunks. */
final class Encoding {
    /** Lengths, then the bytes of all values. */
    static final int PLAIN = 1;

    /** Values of one width, cut into integers of 8, 4, 2 and 1 bytes. */
    static final int WORDS = 2;

    /** The different values, then the place of each in their list. */
    static final int LIST = 3;

    /** Numerics as scaled integers. */
    static final int DECIMALS = 4;

    /** Patterns, then the numbers and hexadecimal digits that fill them. */
    static final int PATTERNS = 5;

    /** Floating-point numbers as scaled integers. */
    static final int REALS = 6;

    /** JSON: templates, and columns of what fills them. */
    static final int TEMPLATES = 7;

    /** Arrays: their heads, and a column of all elements. */
    static final int ARRAYS = 8;

    /** Bytes of the widest values that are cut into words. */
    static final int WORDS_WIDTH = 64;

    private Encoding() {}

    /** Width of the next word when so many bytes are left. */
    static int word(int left) {
        return Math.min(Long.BYTES, Integer.highestOneBit(left));
    }
}
