package dev.pgkeep.format.columnar;

/**
 * Cuts a value that has a template known from an earlier one: it compares what stands between the holes instead of
 * taking the value apart anew. What it takes has just these holes, which a template alone decides; a string with an
 * escape in it is left to {@link TemplateScan}.
 */
final class TemplatePlan {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final boolean[] WORD = words();

    /** The template's place in the list. */
    final int place;

    /** The column of each hole. */
    final int[] columns;

    /** The positions where the holes of the value that was cut last begin and end. */
    final int[] froms;

    final int[] tos;

    private final byte[] literals;
    private final int size;
    private final int[] ends;
    private final boolean[] strings;

    /** @param strings for each hole whether it lies between quotes */
    TemplatePlan(int place, byte[] template, int length, int[] columns, boolean[] strings) {
        this.place = place;
        this.columns = columns;
        this.strings = strings;
        int holes = columns.length;
        froms = new int[holes];
        tos = new int[holes];
        ends = new int[holes];
        literals = new byte[length - holes + BigEndian.SLACK];
        int known = 0;
        int hole = 0;
        for (int i = 0; i < length; i++) {
            if (template[i] == TemplateScan.HOLE) {
                ends[hole++] = known;
            } else {
                literals[known++] = template[i];
            }
        }
        size = known;
    }

    /** Whether the value has this template. */
    boolean cut(byte[] bytes, int from, int end) {
        int at = from;
        int literal = 0;
        for (int hole = 0; hole < ends.length; hole++) {
            int length = ends[hole] - literal;
            if (length > end - at || !BigEndian.same(literals, literal, bytes, at, length)) {
                return false;
            }
            at += length;
            literal += length;
            froms[hole] = at;
            at = strings[hole] ? quote(bytes, at, end) : wordEnd(bytes, at, end);
            if (at < 0) {
                return false;
            }
            tos[hole] = at;
        }
        int length = size - literal;
        return length == end - at && BigEndian.same(literals, literal, bytes, at, length);
    }

    /** The next quote; -1 when an escape comes before it, a byte that stands for a hole, or the end. */
    private static int quote(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at += Long.BYTES) {
            long word = BigEndian.swappedAt(bytes, at);
            long quote = word ^ '"' * ONES;
            long slash = word ^ '\\' * ONES;
            long hole = ~word;
            // The lowest bit of each is exact, and only the lowest counts.
            long found = ((quote - ONES) & ~quote | (slash - ONES) & ~slash | (hole - ONES) & ~hole) & HIGH;
            if (found != 0) {
                int where = at + (Long.numberOfTrailingZeros(found) >> 3);
                return where < end && bytes[where] == '"' ? where : -1;
            }
        }
        return -1;
    }

    /** The end of a word, -1 when there is none. */
    private static int wordEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && isWord(bytes[at])) {
            at++;
        }
        return at == from ? -1 : at;
    }

    /** Part of a number, or of true, false and null. */
    static boolean isWord(byte here) {
        return WORD[here & 0xFF];
    }

    private static boolean[] words() {
        boolean[] words = new boolean[256];
        for (int i = 0; i < words.length; i++) {
            words[i] = (i >= '0' && i <= '9') || (i >= 'a' && i <= 'z') || "-.+E".indexOf(i) >= 0;
        }
        return words;
    }
}
