package dev.pgkeep.format.columnar;

import org.jspecify.annotations.Nullable;

/** Takes the values of a column apart into few patterns, and the numbers and hexadecimal digits that fill them. */
final class PatternScan {
    private static final long HIGH = 0x8080808080808080L;
    private static final long ZEROS = 0x3030303030303030L;
    private static final long TENS = 0x0A0A0A0A0A0A0A0AL;

    final ByteList patterns = new ByteList();
    final NumberPart[] numbers = new NumberPart[Pattern.PARTS];
    final HexPart[] hexes = new HexPart[Pattern.PARTS];
    int numberParts;
    int hexParts;
    long[] places = {};

    /** Characters of a UUID. */
    static final int UUID = 36;

    private final PatternPlan plan = new PatternPlan();
    private byte[] key = new byte[256];
    private int keySize;
    private int numberPart;
    private int hexPart;
    private final boolean planning;

    PatternScan() {
        this(true);
    }

    /** @param planning whether values may be cut by the pattern of the one before: what comes out is the same */
    PatternScan(boolean planning) {
        this.planning = planning;
    }

    /** False when the values have too many patterns. */
    boolean take(ColumnBuffer column) {
        clear();
        if (places.length < column.count) {
            places = new long[Output.grown(column.count, column.count)];
        }
        int at = 0;
        for (int i = 0; i < column.count; i++) {
            int length = column.length(i);
            if (plan.cut(column.values, at, at + length)) {
                fill(column.values);
                places[i] = plan.place;
            } else {
                if (!scan(column.values, at, at + length)) {
                    return false;
                }
                int place = patterns.place(key, 0, keySize);
                if (Limits.tooMany(patterns.size, i)) {
                    return false;
                }
                places[i] = place;
                if (planning) {
                    plan.follow(place, key, keySize);
                }
            }
            at += length;
        }
        return true;
    }

    /** Takes the parts of a value that the plan has cut. */
    private void fill(byte[] bytes) {
        int number = 0;
        int hex = 0;
        for (int i = 0; i < plan.parts; i++) {
            int from = plan.froms[i];
            int to = plan.tos[i];
            switch (plan.signs[i]) {
                case Pattern.NUMBER ->
                    numbers[number++].add(plan.numbers[i], to - from, bytes[from] == '0' && to - from > 1);
                case Pattern.HEX -> hexes[hex++].add(bytes, from, to);
                default -> hexes[hex++].addUuid(bytes, from);
            }
        }
    }

    private void clear() {
        plan.forget();
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
        if (key.length < end - from + BigEndian.SLACK) {
            key = new byte[Output.grown(key.length, end - from + (long) BigEndian.SLACK)];
        }
        keySize = 0;
        numberPart = 0;
        hexPart = 0;
        int literal = from;
        while (true) {
            int digit = nextDigit(bytes, literal, end);
            if (digit < 0) {
                return false;
            }
            if (digit == end) {
                literal(bytes, literal, end);
                return true;
            }
            literal = part(bytes, literal, begin(bytes, literal, digit, end), digit, end);
            if (literal < 0) {
                return false;
            }
        }
    }

    /** The position where the run of hexadecimal digits, or the UUID, may begin that a decimal digit belongs to. */
    private static int begin(byte[] bytes, int literal, int digit, int end) {
        int begin = letters(bytes, literal, digit);
        int before = begin - 9;
        if (before < literal || bytes[begin - 1] != '-' || end - before < UUID) {
            return begin;
        }
        return letters(bytes, literal, begin - 1) == before && isUuid(bytes, before) ? before : begin;
    }

    private static int letters(byte[] bytes, int literal, int end) {
        int begin = end;
        while (begin > literal && begin > end - Pattern.LONG_RUN && Pattern.isHex(bytes[begin - 1])) {
            begin--;
        }
        return begin;
    }

    /** The next decimal digit, or the end; -1 when a byte comes before it that stands for something in patterns. */
    private static int nextDigit(byte[] bytes, int from, int end) {
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = BigEndian.swappedAt(bytes, at);
            if ((word & HIGH) != 0) {
                break;
            }
            long near = word ^ ZEROS;
            long found = (near - TENS) & ~near & HIGH;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        for (; at < end && !Pattern.isDigit(bytes[at]); at++) {
            if (Pattern.isSign(bytes[at])) {
                return -1;
            }
        }
        return at;
    }

    /** Takes what a digit belongs to, and the text before it. @return where to go on, or -1 */
    private int part(byte[] bytes, int literal, int begin, int digit, int end) {
        int to = begin;
        while (to < end && Pattern.isHex(bytes[to])) {
            to++;
        }
        if (to - begin >= Pattern.LONG_RUN) {
            literal(bytes, literal, begin);
            HexPart part = nextHex(Pattern.HEX);
            if (part != null) {
                part.add(bytes, begin, to);
                return to;
            }
            return -1;
        }
        if (to - begin == 8 && end - begin >= UUID && bytes[to] == '-' && isUuid(bytes, begin)) {
            literal(bytes, literal, begin);
            HexPart part = nextHex(Pattern.UUID);
            if (part != null) {
                part.addUuid(bytes, begin);
                return begin + UUID;
            }
            return -1;
        }
        literal(bytes, literal, digit);
        return number(bytes, digit, to);
    }

    private int number(byte[] bytes, int from, int limit) {
        if (numberPart == Pattern.PARTS) {
            return -1;
        }
        long value = bytes[from] - '0';
        int at = from + 1;
        while (at < limit && Pattern.isDigit(bytes[at])) {
            value = 10 * value + (bytes[at++] - '0');
        }
        if (numberPart == numberParts) {
            if (numbers[numberPart] == null) {
                numbers[numberPart] = new NumberPart();
            }
            numberParts++;
        }
        numbers[numberPart++].add(value, at - from, bytes[from] == '0' && at - from > 1);
        key[keySize++] = Pattern.NUMBER;
        return at;
    }

    private @Nullable HexPart nextHex(byte sign) {
        if (hexPart == Pattern.PARTS) {
            return null;
        }
        if (hexPart == hexParts) {
            if (hexes[hexPart] == null) {
                hexes[hexPart] = new HexPart();
            }
            hexParts++;
        }
        key[keySize++] = sign;
        return hexes[hexPart++];
    }

    private void literal(byte[] bytes, int from, int to) {
        BigEndian.copy(bytes, from, key, keySize, to - from);
        keySize += to - from;
    }

    /** Whether a UUID goes on here after its first eight digits. */
    static boolean isUuid(byte[] bytes, int from) {
        for (int i = 8; i < UUID; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? bytes[from + i] != '-' : !Pattern.isHex(bytes[from + i])) {
                return false;
            }
        }
        return true;
    }
}
