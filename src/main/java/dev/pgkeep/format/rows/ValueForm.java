package dev.pgkeep.format.rows;

import java.nio.charset.StandardCharsets;

/** The form of a column's values in JSON. */
enum ValueForm {
    TEXT,
    INTEGER,
    BOOLEAN;

    /** Beyond this, programs that read numbers as floating point would lose digits: there it is a string. */
    private static final long EXACT = 1L << 53;

    private static final int DIGITS = 17;

    static ValueForm of(String type) {
        return switch (type) {
            case "smallint", "integer", "bigint" -> INTEGER;
            case "boolean" -> BOOLEAN;
            default -> TEXT;
        };
    }

    /** Whether an integer of COPY may stand without quotes. */
    static boolean isPlain(byte[] line, int from, int to) {
        if (to - from > DIGITS || to == from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!(line[i] >= '0' && line[i] <= '9' || line[i] == '-' && i == from)) {
                return false;
            }
        }
        String text = new String(line, from, to - from, StandardCharsets.US_ASCII);
        return !text.equals("-") && Math.abs(Long.parseLong(text)) < EXACT;
    }
}
