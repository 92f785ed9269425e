package dev.pgkeep.columnar;

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

    static final int OTHER = 0;
    static final int DIGIT = 1;
    static final int LETTER = 2;
    static final int REFUSED = 4;

    /** What a byte is. */
    static final byte[] CLASS = classes();

    static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private Pattern() {}

    /** Whether a hyphen belongs before this digit of a UUID. */
    static boolean hyphenBefore(int digit) {
        return digit == 8 || digit == 12 || digit == 16 || digit == 20;
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int i = '0'; i <= '9'; i++) {
            classes[i] = DIGIT;
        }
        for (int i = 'a'; i <= 'f'; i++) {
            classes[i] = LETTER;
        }
        for (int i = 0xFD; i <= 0xFF; i++) {
            classes[i] = REFUSED;
        }
        return classes;
    }
}
