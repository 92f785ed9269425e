package dev.pgkeep.app;

import dev.pgkeep.format.columnar.ColumnHint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * A row as COPY sends it in its binary form, with something of every kind of column that is packed in a way of its own.
 */
final class TrainingRow {
    static final List<ColumnHint> COLUMNS = List.of(
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.NUMERIC,
            ColumnHint.REAL,
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.ARRAY,
            ColumnHint.ANY);

    /** Signature, flags, no extension. */
    static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private static final String[] WORDS =
            "the order of a lamp for Anna went to Berlin with two green chairs and was paid late".split(" ");
    private static final String[] STATES = {"new", "paid", "shipped", "returned"};

    private final Random random = new Random(42);
    private final ByteBuffer row = ByteBuffer.allocate(4096);

    byte[] bytes() {
        return row.array();
    }

    int length() {
        return row.position();
    }

    void fill(int number) {
        row.clear();
        row.putShort((short) COLUMNS.size());
        row.putInt(8).putLong(number);
        row.putInt(4).putInt(random.nextInt(100_000));
        row.putInt(8).putLong(800_000_000_000_000L + number * 7_000_000L + random.nextInt(1000));
        text(STATES[random.nextInt(STATES.length)]);
        row.putInt(12).putShort((short) 2).putShort((short) 0).putInt(2);
        row.putShort((short) random.nextInt(1, 500)).putShort((short) (random.nextInt(1, 100) * 100));
        row.putInt(8).putDouble(random.nextInt(100_000) / 1000.0);
        row.putInt(1).put((byte) random.nextInt(2));
        if (random.nextInt(3) == 0) {
            text(sentence());
            row.putInt(16).putLong(random.nextLong()).putLong(random.nextLong());
        } else {
            row.putInt(-1).putInt(-1);
        }
        text((char) ('A' + random.nextInt(14)) + "-" + random.nextInt(60) + "-" + random.nextInt(500));
        text(json());
        array();
        row.putInt(8).putLong(800_000_000_000_000L + number / 12 * 31_000_003L);
    }

    private String json() {
        String json = "\u0001{\"source\": \"" + STATES[random.nextInt(2)] + "\", \"n\": " + random.nextInt(1000);
        if (random.nextInt(3) == 0) {
            json += ", \"campaign\": {\"id\": " + random.nextInt(500) + ", \"said\": \"\\\"" + sentence() + "\\\"\"}";
        }
        if (random.nextInt(9) == 0) {
            json += ", \"sizes\": [1.5, -2, \"\"], \"gift\": true, \"note\": null";
        }
        return json + "}";
    }

    private void array() {
        int elements = random.nextInt(4);
        int at = row.position();
        row.putInt(0).putInt(elements == 0 ? 0 : 1).putInt(0).putInt(25);
        if (elements > 0) {
            row.putInt(elements).putInt(1);
        }
        for (int i = 0; i < elements; i++) {
            text("tag" + random.nextInt(300));
        }
        row.putInt(at, row.position() - at - Integer.BYTES);
    }

    private String sentence() {
        StringBuilder text = new StringBuilder();
        for (int words = random.nextInt(3, 14); words > 0; words--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.toString();
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        row.putInt(bytes.length).put(bytes);
    }
}
