package dev.pgkeep.format.columnar;

/** Hexadecimal digits in lower case, eight at a time. */
final class HexDigits {
    private static final long NIBBLES = 0x0F0F0F0F0F0F0F0FL;
    private static final long ONES = 0x0101010101010101L;

    private HexDigits() {}

    /** The number that eight digits make. */
    static int pack(long ascii) {
        long digits = (ascii & NIBBLES) + 9 * (ascii >>> 6 & ONES);
        digits = (digits | digits >>> 4) & 0x00FF00FF00FF00FFL;
        digits = (digits | digits >>> 8) & 0x0000FFFF0000FFFFL;
        return (int) (digits | digits >>> 16);
    }

    /** The eight digits of a number. */
    static long unpack(int number) {
        long digits = number & 0xFFFFFFFFL;
        digits = (digits | digits << 16) & 0x0000FFFF0000FFFFL;
        digits = (digits | digits << 8) & 0x00FF00FF00FF00FFL;
        digits = (digits | digits << 4) & NIBBLES;
        long letters = (digits + 6 * ONES) >>> 4 & ONES;
        return digits + '0' * ONES + letters * ('a' - '0' - 10);
    }

    static int value(byte digit) {
        return digit <= '9' ? digit - '0' : digit - 'a' + 10;
    }

    static byte digit(int value) {
        return (byte) (value < 10 ? '0' + value : 'a' + value - 10);
    }
}
