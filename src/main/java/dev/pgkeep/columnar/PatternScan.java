package dev.pgkeep.columnar;

import java.util.Arrays;

/** Takes the values of a column apart into few patterns, and the numbers and hexadecimal digits that fill them. */
final class PatternScan {
    final ByteList patterns = new ByteList();
    final NumberPart[] numbers = new NumberPart[Pattern.PARTS];
    final HexPart[] hexes = new HexPart[Pattern.PARTS];
    int numberParts;
    int hexParts;
    long[] places = {};

    private byte[] key = new byte[256];
    private int keySize;
    private int numberPart;
    private int hexPart;

    /** False when the values have too many patterns. */
    boolean take(ColumnBuffer column) {
        clear();
        if (places.length < column.count) {
            places = new long[Output.grown(column.count, column.count)];
        }
        int at = 0;
        for (int i = 0; i < column.count; i++) {
            int length = column.length(i);
            if (!scan(column.values, at, at + length)) {
                return false;
            }
            places[i] = patterns.place(key, 0, keySize);
            if (Limits.tooMany(patterns.size, i)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private void clear() {
        patterns.clear();
        for (int i = 0; i < numberParts; i++) {
            numbers[i].clear();
        }
        for (int i = 0; i < hexParts; i++) {
            hexes[i].clear();
        }
        numberParts = 0;
        hexParts = 0;
    }

    private boolean scan(byte[] bytes, int from, int end) {
        if (key.length < end - from) {
            key = Arrays.copyOf(key, Output.grown(key.length, end - from));
        }
        keySize = 0;
        numberPart = 0;
        hexPart = 0;
        byte[] target = key;
        int at = from;
        int size = 0;
        while (at < end) {
            byte here = bytes[at];
            int kind = Pattern.CLASS[here & 0xFF];
            if (kind == Pattern.OTHER) {
                target[size++] = here;
                at++;
            } else {
                keySize = size;
                at = run(bytes, at, end);
                size = keySize;
                if (at < 0) {
                    return false;
                }
            }
        }
        keySize = size;
        return true;
    }

    /** Takes a run of digits. @return its end, or -1 when the value cannot be taken apart */
    private int run(byte[] bytes, int from, int end) {
        int to = from;
        while (to < end && (Pattern.CLASS[bytes[to] & 0xFF] & (Pattern.DIGIT | Pattern.LETTER)) != 0) {
            to++;
        }
        if (to == from) {
            return -1;
        }
        if (to - from >= Pattern.LONG_RUN) {
            return hex(bytes, from, to, to - from, Pattern.HEX) ? to : -1;
        }
        if (to - from == 8 && end - from >= 36 && isUuid(bytes, from)) {
            return hex(bytes, from, from + 36, 32, Pattern.UUID) ? from + 36 : -1;
        }
        return decimals(bytes, from, to) ? to : -1;
    }

    private boolean decimals(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (bytes[at] > '9') {
                key[keySize++] = bytes[at++];
                continue;
            }
            int first = at;
            long value = 0;
            while (at < to && bytes[at] <= '9') {
                value = 10 * value + (bytes[at++] - '0');
            }
            if (numberPart == Pattern.PARTS) {
                return false;
            }
            if (numberPart == numberParts) {
                if (numbers[numberPart] == null) {
                    numbers[numberPart] = new NumberPart();
                }
                numberParts++;
            }
            numbers[numberPart++].add(value, at - first, bytes[first] == '0' && at - first > 1);
            key[keySize++] = Pattern.NUMBER;
        }
        return true;
    }

    private boolean hex(byte[] bytes, int from, int to, int digits, byte sign) {
        if (hexPart == Pattern.PARTS) {
            return false;
        }
        if (hexPart == hexParts) {
            if (hexes[hexPart] == null) {
                hexes[hexPart] = new HexPart();
            }
            hexParts++;
        }
        hexes[hexPart++].add(bytes, from, to, digits);
        key[keySize++] = sign;
        return true;
    }

    private static boolean isUuid(byte[] bytes, int from) {
        int digit = 8;
        for (int at = from + 8; at < from + 36; at++) {
            if (Pattern.hyphenBefore(digit) && bytes[at] == '-' && bytes[at - 1] != '-') {
                continue;
            }
            if ((Pattern.CLASS[bytes[at] & 0xFF] & (Pattern.DIGIT | Pattern.LETTER)) == 0) {
                return false;
            }
            digit++;
        }
        return digit == 32;
    }
}
