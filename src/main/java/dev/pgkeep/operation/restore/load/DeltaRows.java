package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowCutter;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.columnar.RowHasher;
import dev.pgkeep.format.columnar.RowPlaces;
import dev.pgkeep.operation.restore.delta.TableDelta;
import dev.pgkeep.operation.restore.delta.TableDelta.Changed;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeReader;
import dev.pgkeep.postgres.copy.RowAge;
import dev.pgkeep.postgres.copy.RowContent;
import dev.pgkeep.postgres.copy.SessionEncoding;
import dev.pgkeep.postgres.copy.TableWriter;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.contents.RowChunkReader;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Deletes and puts back the rows of a delta, in the caller's transaction. */
final class DeltaRows {
    /** Rows that are deleted by one statement. */
    private static final int BATCH = 2000;

    private final ChunkedSource source;
    private final Connection session;
    private final RangeReader reader;
    private final RowAge age;
    private final OwnWrites writes = new OwnWrites();
    private final RowChunkReader chunks;
    private final Progress progress;
    private final Cancellation cancellation;
    private @Nullable ChunkId placesChunk;
    private List<byte[]> places = List.of();

    /**
     * @param session in the transaction that holds the locks
     * @param age asked for before the transaction wrote anything; its own rows may look new by it, so that a table is
     *     looked through before rows are put into it
     */
    DeltaRows(ChunkedSource source, Connection session, RowAge age, Progress progress, Cancellation cancellation) {
        this.source = source;
        this.session = session;
        this.progress = progress;
        this.cancellation = cancellation;
        this.chunks = new RowChunkReader(source.store());
        this.reader = new RangeReader(session);
        this.age = age;
    }

    /** Takes every table back, and holds what is there then against the backup. */
    Comparison replace(List<TableDelta> tables) {
        List<String> differences = new ArrayList<>();
        long rows = 0;
        for (TableDelta table : tables) {
            cancellation.check();
            if (table.isChanged()) {
                replace(table).ifPresent(differences::add);
            }
            rows += table.stored().content().rows();
        }
        return new Comparison(tables.size(), rows, differences, new TreeMap<>(), true);
    }

    /** What was written to tables. */
    OwnWrites writes() {
        return writes;
    }

    /** @return how the table differs from the backup then */
    private Optional<String> replace(TableDelta table) {
        progress.advance(new Progress.Amount(0, 0, 0, table.stored().name().toString()));
        try {
            List<Missing> missing = new ArrayList<>();
            if (table.whole().isPresent()) {
                deleteAll(table.live());
                table.stored().extents().forEach(extent -> missing.add(new Missing(extent, null)));
            } else {
                for (Changed extent : table.extents()) {
                    cancellation.check();
                    missing(table, extent).ifPresent(missing::add);
                }
            }
            RowHash put = put(table, missing);
            return difference(table, put);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "taking back " + table.stored().name());
        }
    }

    /**
     * Rows of an extent that are not there any more.
     *
     * @param gone which of its rows; null for all
     */
    private record Missing(Extent extent, boolean @Nullable [] gone) {}

    /** Deletes what is new in an extent, and finds what is gone of it. */
    private Optional<Missing> missing(TableDelta table, Changed extent) throws SQLException {
        if (extent.range().isEmpty()) {
            return extent.stored().map(stored -> new Missing(stored, null));
        }
        CopyTable live = table.live();
        BlockRange range = extent.range().get();
        if (extent.gone() < 0) {
            throw new PgkeepException(
                    ErrorCode.PROOF_FAILED,
                    live.name() + " has rows that the backup does not have, though no transaction wrote them since",
                    "replace everything: --no-delta; and check the disks of the server");
        }
        delete(live, reader.placesLater(live, range, age, (int) extent.now().later()));
        if (extent.gone() == 0) {
            return Optional.empty();
        }
        Extent stored = extent.stored().orElseThrow();
        long[] stay = reader.placesBefore(live, range, age, (int) extent.staying());
        Optional<boolean[]> gone = gone(table.stored(), extent.index(), stored, stay, range);
        if (gone.isEmpty()) {
            delete(live, stay);
        }
        return Optional.of(new Missing(stored, gone.orElse(null)));
    }

    /** Which rows of the stored extent are gone; empty where their places are not known. */
    private Optional<boolean[]> gone(TableContents table, int index, Extent stored, long[] stay, BlockRange range) {
        int rows = Math.toIntExact(stored.content().rows());
        Optional<long[]> were = places(table, index, rows);
        if (were.isEmpty()) {
            return Optional.empty();
        }
        long first = range.first() << RowPlaces.POINTER_BITS;
        boolean[] gone = new boolean[rows];
        int next = 0;
        for (int i = 0; i < rows; i++) {
            boolean there = next < stay.length && stay[next] - first == were.get()[i];
            next += there ? 1 : 0;
            gone[i] = !there;
        }
        return next == stay.length ? Optional.of(gone) : Optional.empty();
    }

    private Optional<long[]> places(TableContents table, int index, int rows) {
        List<ChunkId> all = table.trace().map(TableContents.Trace::places).orElse(List.of());
        int group = index / TableContents.EXTENTS_OF_PLACES;
        if (group >= all.size()) {
            return Optional.empty();
        }
        try {
            List<byte[]> extents = placesIn(all.get(group));
            int at = index % TableContents.EXTENTS_OF_PLACES;
            return at >= extents.size()
                    ? Optional.empty()
                    : Optional.of(RowPlaces.unpack(extents.get(at), rows)).filter(found -> found.length == rows);
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.CHUNK_DAMAGED || e.code() == ErrorCode.OBJECT_MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Extents come in their order, and many share a chunk. */
    private List<byte[]> placesIn(ChunkId chunk) {
        if (!chunk.equals(placesChunk)) {
            places = RowPlaces.extents(source.store().read(chunk));
            placesChunk = chunk;
        }
        return places;
    }

    private void deleteAll(CopyTable table) throws SQLException {
        try (Statement statement = session.createStatement()) {
            writes.deleted(table, statement.executeLargeUpdate("DELETE FROM ONLY " + name(table)));
        }
    }

    private void delete(CopyTable table, long[] places) throws SQLException {
        try (PreparedStatement delete =
                session.prepareStatement("DELETE FROM ONLY " + name(table) + " WHERE ctid = ANY (?::tid[])")) {
            for (int from = 0; from < places.length; from += BATCH) {
                cancellation.check();
                String[] batch = Arrays.stream(places, from, Math.min(places.length, from + BATCH))
                        .mapToObj(DeltaRows::tid)
                        .toArray(String[]::new);
                delete.setArray(1, session.createArrayOf("text", batch));
                int deleted = delete.executeUpdate();
                writes.deleted(table, deleted);
                if (deleted != batch.length) {
                    throw new PgkeepException(
                            ErrorCode.RESTORE_FAILED,
                            "of " + batch.length + " rows of " + table.name() + " that were written since, " + deleted
                                    + " could be deleted",
                            "replace everything: --no-delta");
                }
            }
        }
    }

    private static String tid(long place) {
        return "(" + (place >>> RowPlaces.POINTER_BITS) + "," + (place & (1 << RowPlaces.POINTER_BITS) - 1) + ")";
    }

    private String name(CopyTable table) {
        return SessionEncoding.identifier(
                session, table.name().schema(), table.name().name());
    }

    /** Puts rows back. @return what was put */
    private RowHash put(TableDelta table, List<Missing> missing) {
        if (missing.isEmpty()) {
            return RowHash.EMPTY;
        }
        try (TableWriter writer = TableWriter.open(
                session,
                table.stored().name(),
                table.live().columnNames(),
                table.stored().format())) {
            Put taker = new Put(writer);
            for (Missing each : missing) {
                cancellation.check();
                taker.begin(each.gone());
                RowCutter cutter = new RowCutter(table.stored().format(), taker);
                for (RowChunk chunk : each.extent().chunks()) {
                    chunks.rows(chunk, cutter);
                }
            }
            writes.put(table.live(), writer.end());
            return taker.hasher.total();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows of the backup on their way into the table. */
    private static final class Put implements RowConsumer {
        private final TableWriter writer;
        private final RowHasher hasher = new RowHasher();
        private boolean @Nullable [] gone;
        private int row;

        Put(TableWriter writer) {
            this.writer = writer;
        }

        void begin(boolean @Nullable [] wanted) {
            gone = wanted;
            row = 0;
        }

        private boolean isWanted() {
            boolean[] known = gone;
            return known == null || row < known.length && known[row];
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            if (isWanted()) {
                writer.write(bytes, offset, length);
                hasher.add(bytes, offset, length);
            }
            row++;
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, boolean last) {
            if (isWanted()) {
                writer.write(bytes, offset, length);
                hasher.piece(bytes, offset, length, last);
            }
            row += last ? 1 : 0;
        }
    }

    /**
     * Holds the table against the backup. The rows that were there before are the backup's own; with those that were
     * put, they must be as many as it has, and what was put must read as it was stored.
     */
    private Optional<String> difference(TableDelta table, RowHash put) throws SQLException {
        long expected = table.stored().content().rows();
        long there = count(table.live());
        if (there != expected) {
            return Optional.of(table.stored().name() + " has " + there + " rows instead of " + expected);
        }
        RowContent own = new RowContent();
        if (put.rows() > 0) {
            reader.readOwn(table.live(), own);
        }
        RowHash found = own.total();
        return found.equals(put)
                ? Optional.empty()
                : Optional.of(table.stored().name() + " reads otherwise than it was written: " + found.rows()
                        + " rows were put back instead of " + put.rows() + ", or with other values");
    }

    private long count(CopyTable table) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM ONLY " + name(table))) {
            row.next();
            return row.getLong(1);
        }
    }
}
