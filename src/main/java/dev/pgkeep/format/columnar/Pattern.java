package dev.pgkeep.format.columnar;

/**
 * The alphabet of patterns: a value's text with numbers, long runs of hexadecimal digits and UUIDs replaced by one byte
 * each. The bytes that stand for them cannot occur in UTF-8; a column that has them has no patterns.
 */
final class Pattern {
    /** 1 to 15 decimal digits. */
    static final byte NUMBER = (byte) 0xFF;

    /** 16 or more lower-case hexadecimal digits. */
    static final byte HEX = (byte) 0xFE;

    /** A UUID with its hyphens, in lower case. */
    static final byte UUID = (byte) 0xFD;

    /** Decimal digits that are one number at most; from here on it is taken as hexadecimal. */
    static final int LONG_RUN = 16;

    /** Numbers, and runs of hexadecimal digits, that one pattern may have. */
    static final int PARTS = 32;

    private Pattern() {}

    /** Whether this is a hexadecimal digit in lower case. */
    static boolean isHex(byte here) {
        return here >= '0' && here <= '9' || here >= 'a' && here <= 'f';
    }

    static boolean isDigit(byte here) {
        return here >= '0' && here <= '9';
    }

    /** Whether a byte stands for something in a pattern. */
    static boolean isSign(byte here) {
        return (here & 0xFF) >= 0xFD;
    }
}
