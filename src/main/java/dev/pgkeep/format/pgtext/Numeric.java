package dev.pgkeep.format.pgtext;

import dev.pgkeep.format.columnar.BigEndian;

/** Decimal numbers: digits of base 10,000 with the weight of the first, and how many decimals are shown. */
final class Numeric implements Printer {
    private static final int HEAD = 8;
    private static final int DIGITS = 4;
    private static final int NEGATIVE = 0x4000;

    @Override
    public void print(byte[] in, int from, int length, TextOut out) {
        int count = BigEndian.unsignedShortAt(in, from);
        int weight = BigEndian.shortAt(in, from + 2);
        int sign = BigEndian.unsignedShortAt(in, from + 4);
        int decimals = BigEndian.unsignedShortAt(in, from + 6);
        switch (sign) {
            case 0xc000 -> out.text("NaN");
            case 0xd000 -> out.text("Infinity");
            case 0xf000 -> out.text("-Infinity");
            default -> {
                if (sign == NEGATIVE) {
                    out.put('-');
                }
                whole(in, from, count, weight, out);
                fraction(in, from, count, weight, decimals, out);
            }
        }
    }

    private static void whole(byte[] in, int from, int count, int weight, TextOut out) {
        if (weight < 0) {
            out.put('0');
        }
        for (int i = 0; i <= weight; i++) {
            out.padded(digit(in, from, count, i), i == 0 ? 1 : DIGITS);
        }
    }

    private static void fraction(byte[] in, int from, int count, int weight, int decimals, TextOut out) {
        if (decimals > 0) {
            out.put('.');
        }
        int left = decimals;
        for (int i = weight + 1; left > 0; i++) {
            int digit = digit(in, from, count, i);
            for (int power = 1000; power > 0 && left > 0; power /= 10) {
                out.put('0' + digit / power % 10);
                left--;
            }
        }
    }

    private static int digit(byte[] in, int from, int count, int index) {
        return index >= 0 && index < count ? BigEndian.unsignedShortAt(in, from + HEAD + 2 * index) : 0;
    }
}
