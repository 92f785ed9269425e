package dev.pgkeep.format.columnar;

import java.util.Arrays;

/**
 * Cuts a value that has the pattern of the one before it: it compares what stands between the parts instead of looking
 * for them anew. It takes only what {@link PatternScan} would cut in the same way, so a pattern whose parts touch
 * letters that might be digits has no plan, and a value in doubt is left to the scan.
 */
final class PatternPlan {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final boolean[] HEX = hexDigits();

    /** The pattern's place in the list; -1 when there is none. */
    int place = -1;

    private boolean plain;

    int parts;

    /** The sign of each part, and where it begins and ends in the value that was cut last. */
    final byte[] signs = new byte[2 * Pattern.PARTS];

    final int[] froms = new int[2 * Pattern.PARTS];
    final int[] tos = new int[2 * Pattern.PARTS];

    /** The values of those that are numbers. */
    final long[] numbers = new long[2 * Pattern.PARTS];

    private byte[] pattern = new byte[64];
    private int size;
    /** The position of each part in the pattern. */
    private final int[] places = new int[2 * Pattern.PARTS];

    void forget() {
        place = -1;
    }

    /** Takes over a pattern, unless the plan has it already. */
    void follow(int newPlace, byte[] key, int length) {
        if (place == newPlace) {
            return;
        }
        if (pattern.length < length + BigEndian.SLACK) {
            pattern = new byte[Output.grown(pattern.length, length + (long) BigEndian.SLACK)];
        }
        System.arraycopy(key, 0, pattern, 0, length);
        size = length;
        parts = 0;
        for (int i = 0; i < length; i++) {
            if (Pattern.isSign(key[i])) {
                signs[parts] = key[i];
                places[parts++] = i;
            }
        }
        place = newPlace;
        plain = isPlain();
    }

    /** Whether parts stand apart, with nothing before them that could belong to a part, too. */
    private boolean isPlain() {
        int literal = 0;
        for (int i = 0; i < parts; i++) {
            int part = places[i];
            boolean first = i == 0 && part == 0;
            if (!first && (part == literal || HEX[pattern[part - 1] & 0xFF])) {
                return false;
            }
            literal = part + 1;
            if (literal < size && HEX[pattern[literal] & 0xFF]) {
                return false;
            }
            // Eight letters and a hyphen may begin a UUID.
            if (part >= 9 && pattern[part - 1] == '-' && HEX[pattern[part - 2] & 0xFF]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the value has this pattern, as far as can be told without a scan. */
    boolean cut(byte[] bytes, int from, int end) {
        if (place < 0 || !plain) {
            return false;
        }
        int at = from;
        int literal = 0;
        for (int i = 0; i < parts; i++) {
            int length = places[i] - literal;
            if (length > end - at || !BigEndian.same(pattern, literal, bytes, at, length)) {
                return false;
            }
            at += length;
            literal = places[i] + 1;
            froms[i] = at;
            at = switch (signs[i]) {
                case Pattern.NUMBER -> number(i, bytes, at, end);
                case Pattern.HEX -> hexEnd(bytes, at, end);
                default -> uuidEnd(bytes, at, end);
            };
            if (at < 0) {
                return false;
            }
            tos[i] = at;
        }
        int length = size - literal;
        return length == end - at && BigEndian.same(pattern, literal, bytes, at, length);
    }

    /** The end of a number, which it reads; -1 where it is none, may be longer or the beginning of a UUID. */
    private int number(int part, byte[] bytes, int from, int end) {
        int most = Math.min(end, from + Pattern.LONG_RUN);
        long value = 0;
        int at = from;
        while (at < most && Pattern.isDigit(bytes[at])) {
            value = 10 * value + (bytes[at++] - '0');
        }
        numbers[part] = value;
        boolean uuid = at - from == 8 && at < end && bytes[at] == '-';
        return at == from || at - from == Pattern.LONG_RUN || uuid ? -1 : at;
    }

    private static int hexEnd(byte[] bytes, int from, int end) {
        if (end - from < Pattern.LONG_RUN || !isHexWithDigit(BigEndian.swappedAt(bytes, from))) {
            return -1;
        }
        int at = from + Long.BYTES;
        while (end - at >= Long.BYTES && isHex(BigEndian.swappedAt(bytes, at))) {
            at += Long.BYTES;
        }
        while (at < end && HEX[bytes[at] & 0xFF]) {
            at++;
        }
        return at - from < Pattern.LONG_RUN ? -1 : at;
    }

    private static int uuidEnd(byte[] bytes, int from, int end) {
        boolean uuid = end - from >= PatternScan.UUID
                && isHexWithDigit(BigEndian.swappedAt(bytes, from))
                && PatternScan.isUuid(bytes, from);
        return uuid ? from + PatternScan.UUID : -1;
    }

    /** Whether eight bytes are hexadecimal digits. */
    private static boolean isHex(long word) {
        return (digits(word) | letters(word)) == HIGH;
    }

    /** Whether they are, and a decimal one is among them: that one is found by a scan, and the run from there. */
    private static boolean isHexWithDigit(long word) {
        long digits = digits(word);
        return digits != 0 && (digits | letters(word)) == HIGH;
    }

    private static long digits(long word) {
        return between(word, '0', '9');
    }

    private static long letters(long word) {
        return between(word, 'a', 'f');
    }

    /** The highest bit of each byte that lies between two ASCII characters. */
    private static long between(long word, int least, int most) {
        long low = word & ~HIGH;
        return (low + (0x80 - least) * ONES) & ~(low + (0x7F - most) * ONES) & ~word & HIGH;
    }

    private static boolean[] hexDigits() {
        boolean[] digits = new boolean[256];
        Arrays.fill(digits, '0', '9' + 1, true);
        Arrays.fill(digits, 'a', 'f' + 1, true);
        return digits;
    }
}
