package dev.pgkeep.postgres.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows by their positions, as the condition that selects them. */
record Tids(Optional<String> from, Optional<String> to, Optional<String> also) {
    static Tids of(CopyTable table, BlockRange range) {
        if (!table.blockRanges()) {
            return new Tids(Optional.empty(), Optional.empty(), Optional.empty());
        }
        return new Tids(
                Optional.of("ctid >= '(" + range.first() + ",0)'"),
                range.open() ? Optional.empty() : Optional.of("ctid < '(" + (range.first() + range.blocks()) + ",0)'"),
                Optional.empty());
    }

    /** Of these rows those that a condition is true for. */
    Tids where(String condition) {
        return new Tids(from, to, Optional.of(condition));
    }

    Tids before(String tid) {
        return new Tids(from, Optional.of("ctid < '" + tid + "'"), also);
    }

    Tids after(String tid) {
        return new Tids(Optional.of("ctid > '" + tid + "'"), to, also);
    }

    /** The range as a condition for WHERE. */
    String condition() {
        List<String> parts = new ArrayList<>();
        from.ifPresent(parts::add);
        to.ifPresent(parts::add);
        also.ifPresent(parts::add);
        return parts.isEmpty() ? "true" : String.join(" AND ", parts);
    }

    /** Bytes before a place that is the first field of a binary row: count of fields, and its length. */
    static final int BEFORE = Short.BYTES + Integer.BYTES;

    /** Bytes of a place: block and line pointer. */
    static final int BYTES = Integer.BYTES + Short.BYTES;

    /** The place that stands there in binary form: {@code block << 16 | line pointer}. */
    static long place(byte[] bytes, int at) {
        long place = 0;
        for (int i = 0; i < BYTES; i++) {
            place = place << Byte.SIZE | bytes[at + i] & 0xff;
        }
        return place;
    }

    /** The place that is written there as text, for instance {@code (12,3)}. */
    static long place(byte[] text, int offset, int length) {
        long block = 0;
        long number = 0;
        for (int i = offset; i < offset + length; i++) {
            switch (text[i]) {
                case '(', ')' -> {}
                case ',' -> {
                    block = number;
                    number = 0;
                }
                default -> number = 10 * number + text[i] - '0';
            }
        }
        return block << Short.SIZE | number;
    }

    /** The end of the place with which a row of text begins. */
    static int textEnd(byte[] row, int offset) {
        int end = offset;
        while (row[end] != ')') {
            end++;
        }
        return end + 1;
    }
}
