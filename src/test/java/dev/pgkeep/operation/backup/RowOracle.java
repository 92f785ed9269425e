package dev.pgkeep.operation.backup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.columnar.RowCutter;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.columnar.RowHasher;
import dev.pgkeep.format.columnar.RowPlaces;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyCatalog;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.PlacedRows;
import dev.pgkeep.postgres.copy.RangeReader;
import dev.pgkeep.postgres.copy.TableLocks;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.contents.RowChunkReader;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Holds what a backup has stored against what a server has: every extent is decoded and hashed, and every row must be
 * the one that lies at the place which is noted for it.
 */
final class RowOracle {
    private final ChunkStore store;
    private final RowChunkReader reader;
    private int extents;
    private int patched;
    private int placed;

    private RowOracle(ChunkStore store) {
        this.store = store;
        this.reader = new RowChunkReader(store);
    }

    /**
     * What was found to be right.
     *
     * @param extents all of them
     * @param patched of these, whose chunk has a patch
     * @param placed of these, of whose rows the places are known
     */
    record Right(int extents, int patched, int placed) {}

    /** Compares in a snapshot of its own, with nobody writing. */
    static Right compare(ChunkStore store, Manifest made, Target target) {
        try (Snapshot snapshot = Snapshot.take(new Connector(), target, "test")) {
            return compare(store, requireNonNull(made.copies().getFirst().chunks()), target, snapshot);
        }
    }

    /** Compares one table in a snapshot of its own, with nobody writing. */
    static Right compare(ChunkStore store, Manifest made, Target target, String table) {
        try (Snapshot snapshot = Snapshot.take(new Connector(), target, "test")) {
            return compare(
                    store,
                    requireNonNull(made.copies().getFirst().chunks()),
                    target,
                    snapshot,
                    name -> name.name().equals(table));
        }
    }

    /** Compares in the snapshot of the backup. */
    static Right compare(ChunkStore store, Manifest.Chunks made, Target target, Snapshot snapshot) {
        return compare(store, made, target, snapshot, name -> true);
    }

    private static Right compare(
            ChunkStore store, Manifest.Chunks made, Target target, Snapshot snapshot, Predicate<TableName> which) {
        RowOracle rows = new RowOracle(store);
        List<CopyTable> tables = TableLocks.take(
                snapshot.connection(),
                CopyCatalog.read(snapshot.connection()).stream()
                        .filter(table -> which.test(table.name()))
                        .toList(),
                Duration.ofSeconds(20));
        Map<TableName, TableContents> stored = new HashMap<>();
        BackupContents.read(store, made).tables().stream()
                .filter(table -> which.test(table.name()))
                .forEach(table -> stored.put(table.name(), table));
        assertThat(tables).extracting(CopyTable::name).containsExactlyInAnyOrderElementsOf(stored.keySet());
        try (CopySession session = CopySession.open(new Connector(), target, "test", Optional.of(snapshot.id()))) {
            for (CopyTable table : tables) {
                rows.compare(table, requireNonNull(stored.get(table.name())), session);
            }
        }
        return new Right(rows.extents, rows.patched, rows.placed);
    }

    private void compare(CopyTable table, TableContents stored, CopySession session) {
        List<byte[]> places = stored.trace().stream()
                .flatMap(trace -> trace.places().stream())
                .flatMap(id -> RowPlaces.extents(store.read(id)).stream())
                .toList();
        if (stored.extents().isEmpty()) {
            assertThat(read(table, new BlockRange(0, 1, true), session).rows)
                    .as("rows of %s", table.name())
                    .isEmpty();
        }
        for (int i = 0; i < stored.extents().size(); i++) {
            Extent extent = stored.extents().get(i);
            boolean last = i == stored.extents().size() - 1;
            Taken real = read(table, new BlockRange(extent.firstBlock(), extent.blocks(), last), session);
            Taken kept = decode(extent, stored.format());
            String where = table.name() + ", block " + extent.firstBlock() + ", " + extent.chunks();
            assertThat(kept.total()).as("the content noted of %s", where).isEqualTo(extent.content());
            assertThat(kept.total()).as("the content of %s", where).isEqualTo(real.total());
            if (i < places.size() && table.blockRanges()) {
                comparePlaces(where, real, kept, places.get(i));
            }
            extents++;
            patched += extent.chunks().stream().anyMatch(chunk -> chunk.patch().isPresent()) ? 1 : 0;
        }
    }

    /** Places may be unknown, but never wrong. */
    private void comparePlaces(String where, Taken real, Taken kept, byte[] packed) {
        long[] places = RowPlaces.unpack(packed, real.rows.size());
        if (places.length != real.rows.size()) {
            assertThat(places).as("places of " + where).isEmpty();
            return;
        }
        placed++;
        for (int i = 0; i < places.length; i++) {
            assertThat(places[i]).as("place %s of %s", i, where).isEqualTo(real.places.get(i));
            assertThat(kept.rows.get(i)).as("row %s of %s", i, where).isEqualTo(real.rows.get(i));
        }
    }

    private static Taken read(CopyTable table, BlockRange range, CopySession session) {
        Taken taken = new Taken(range.first() << RowPlaces.POINTER_BITS);
        if (table.blockRanges()) {
            new RangeReader(session).readPlaced(table, range, taken);
        } else {
            new RangeReader(session).read(table, range, taken);
        }
        return taken;
    }

    private Taken decode(Extent extent, RowFormat format) {
        Taken taken = new Taken(0);
        RowCutter cutter = new RowCutter(format, taken);
        try {
            for (RowChunk chunk : extent.chunks()) {
                reader.rows(chunk, cutter);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return taken;
    }

    /** Rows in their order, those in pieces put together. */
    private static final class Taken implements PlacedRows {
        private final List<String> rows = new ArrayList<>();
        private final List<Long> places = new ArrayList<>();
        private final ByteArrayOutputStream open = new ByteArrayOutputStream();
        private final RowHasher hasher = new RowHasher();
        private final long first;

        Taken(long first) {
            this.first = first;
        }

        RowHash total() {
            return hasher.total();
        }

        @Override
        public void at(long place) {
            places.add(place - first);
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            hasher.add(bytes, offset, length);
            rows.add(HexFormat.of().formatHex(bytes, offset, offset + Math.min(length, 4096)));
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, boolean last) {
            open.write(bytes, offset, length);
            if (last) {
                byte[] whole = open.toByteArray();
                row(whole, 0, whole.length);
                open.reset();
            }
        }
    }
}
