package dev.pgkeep.app;

import dev.pgkeep.columnar.ColumnHint;
import dev.pgkeep.columnar.RowDecoder;
import dev.pgkeep.columnar.RowEncoder;
import dev.pgkeep.columnar.RowFormat;
import dev.pgkeep.columnar.RowHasher;
import dev.pgkeep.pack.ChunkId;
import dev.pgkeep.pack.ChunkStore;
import dev.pgkeep.pack.ChunkWriter;
import dev.pgkeep.storage.LocalStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Rows of a made-up table through everything that a backup and a restore do with rows, so that the JVM that watches
 * learns how these methods behave. A backup of a few seconds otherwise spends as much on learning that as on rows.
 */
public final class TrainingRows {
    private static final int CHUNKS = 24;
    private static final int ROWS = 12_000;
    private static final List<ColumnHint> COLUMNS = List.of(
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.NUMERIC,
            ColumnHint.ANY,
            ColumnHint.ANY,
            ColumnHint.ANY);
    private static final String[] WORDS =
            "the order of a lamp for Anna went to Berlin with two green chairs and was paid late".split(" ");
    private static final String[] STATES = {"new", "paid", "shipped", "returned"};

    private final Random random = new Random(42);
    private final ByteBuffer row = ByteBuffer.allocate(4096);

    /** @param folder an empty one; what is left in it is the caller's to remove */
    public void run(Path folder) throws IOException {
        ChunkStore store = new ChunkStore(new LocalStorage(folder));
        List<ChunkId> chunks = new ArrayList<>();
        RowEncoder encoder = new RowEncoder(RowFormat.BINARY, COLUMNS);
        RowHasher hasher = new RowHasher();
        try (ChunkWriter writer = store.writer(3)) {
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                for (int i = 0; i < ROWS; i++) {
                    fill(chunk * ROWS + i);
                    hasher.add(row.array(), 0, row.position());
                    encoder.add(row.array(), 0, row.position());
                }
                chunks.add(encoder.chunk(writer::put).id());
            }
            writer.finish(true);
        }
        RowDecoder decoder = new RowDecoder();
        for (ChunkId id : chunks) {
            byte[] bytes = store.read(id);
            decoder.decode(bytes, 0, bytes.length, (rows, offset, length) -> hasher.add(rows, offset, length));
        }
    }

    private void fill(int number) {
        row.clear();
        row.putShort((short) COLUMNS.size());
        row.putInt(8).putLong(number);
        row.putInt(4).putInt(random.nextInt(100_000));
        row.putInt(8).putLong(800_000_000_000_000L + number * 7_000_000L + random.nextInt(1000));
        text(STATES[random.nextInt(STATES.length)]);
        row.putInt(12).putShort((short) 2).putShort((short) 0).putInt(2);
        row.putShort((short) random.nextInt(1, 500)).putShort((short) (random.nextInt(1, 100) * 100));
        text(sentence());
        text("\u0001{\"source\": \"" + STATES[random.nextInt(2)] + "\", \"n\": " + random.nextInt(1000) + "}");
        row.putInt(16).putLong(random.nextLong()).putLong(random.nextLong());
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
