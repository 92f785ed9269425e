package dev.pgkeep.app;

import dev.pgkeep.format.columnar.ColumnHint;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowDecoder;
import dev.pgkeep.format.columnar.RowEncoder;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHasher;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Endpoint;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeReader;
import dev.pgkeep.postgres.copy.RowAccess;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.pack.ChunkWriter;
import dev.pgkeep.repository.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a made-up table through everything that a backup and a restore do with rows, from the driver to the packs, so
 * that the JVM that watches learns how these methods behave. A backup of a few seconds otherwise spends as much on
 * learning that as on rows.
 */
public final class TrainingRows {
    private static final int CHUNKS = 24;
    private static final int ROWS = 12_000;

    private final TrainingRow row = new TrainingRow();
    private int sent;

    /** @param folder an empty one; what is left in it is the caller's to remove */
    public void run(Path folder) throws IOException {
        ChunkStore store = new ChunkStore(new LocalStorage(folder));
        RowHasher hasher = new RowHasher();
        List<ChunkId> chunks = backup(store, hasher);
        RowDecoder decoder = new RowDecoder();
        for (ChunkId id : chunks) {
            byte[] bytes = store.read(id);
            decoder.decode(bytes, 0, bytes.length, (rows, offset, length) -> hasher.add(rows, offset, length));
        }
    }

    private List<ChunkId> backup(ChunkStore store, RowHasher hasher) throws IOException {
        List<ChunkId> chunks = new ArrayList<>();
        try (TrainingServer server = new TrainingServer(this::send);
                CopySession session = CopySession.open(new Connector(), target(server), "training", Optional.empty());
                ChunkWriter writer = store.writer(3)) {
            RangeReader reader = new RangeReader(session);
            CopyTable table = table();
            RowEncoder encoder = new RowEncoder(RowFormat.BINARY, TrainingRow.COLUMNS);
            RowConsumer taker = taker(hasher, encoder);
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                reader.read(table, new BlockRange(chunk, 1, false), taker);
                chunks.add(encoder.chunk(writer::put).id());
            }
            writer.finish(true);
        }
        return chunks;
    }

    private static Target target(TrainingServer server) {
        return new Target(
                List.of(new Endpoint("127.0.0.1", server.port())),
                "training",
                "training",
                Optional.empty(),
                Map.of(),
                "training");
    }

    private static CopyTable table() {
        List<CopyTable.CopyColumn> columns = new ArrayList<>();
        for (ColumnHint hint : TrainingRow.COLUMNS) {
            columns.add(new CopyTable.CopyColumn("c" + columns.size(), "text", hint, false, ""));
        }
        return new CopyTable(
                new TableName("public", "training"),
                1,
                Optional.empty(),
                false,
                RowFormat.BINARY,
                columns,
                1,
                CHUNKS,
                RowAccess.BLOCKS,
                0,
                0,
                false);
    }

    private static RowConsumer taker(RowHasher hasher, RowEncoder encoder) {
        return new RowConsumer() {
            @Override
            public void row(byte[] bytes, int offset, int length) {
                hasher.add(bytes, offset, length);
                encoder.add(bytes, offset, length);
            }

            @Override
            public void piece(byte[] bytes, int offset, int length, boolean last) {
                throw new IllegalStateException("training has no wide rows");
            }
        };
    }

    /** Sends what a COPY of a range sends: a header, rows, an end mark. */
    private void send(TrainingServer.Messages messages) throws IOException {
        messages.row(TrainingRow.HEADER, TrainingRow.HEADER.length);
        for (int i = 0; i < ROWS; i++) {
            row.fill(sent++);
            messages.row(row.bytes(), row.length());
        }
        messages.row(new byte[] {-1, -1}, 2);
    }
}
