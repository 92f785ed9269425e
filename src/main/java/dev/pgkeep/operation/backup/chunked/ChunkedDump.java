package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Crew;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.Reading;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.backup.chunked.ChunkedResult.Stored;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.copy.CopyCatalog;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RowAccess;
import dev.pgkeep.postgres.copy.TableLocks;
import dev.pgkeep.postgres.incremental.TableSignatures;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.pack.ChunkWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dumps one snapshot of a database into the chunk store of a repository. */
public final class ChunkedDump {
    /** Opening a session takes as long as reading some of this: less is not worth another one. */
    private static final long BYTES_OF_READER = 16 << 20;

    /** Sessions that are opened later: of pg_dump, of the watch over locks, and of whoever counts. */
    private static final int OTHERS = 3;

    private final ChunkedDumpRequest order;
    private final Connector connector;
    private final ChunkStore store;
    private final Progress progress;

    public ChunkedDump(ChunkedDumpRequest order, Connector connector, ChunkStore store, Progress progress) {
        this.order = order;
        this.connector = connector;
        this.store = store;
        this.progress = progress;
    }

    /**
     * Dumps into chunks. The caller keeps the store from being swept until the result is named by a backup's metadata.
     *
     * @param beside done in the session of the snapshot while others read
     * @throws PgkeepException LOCK_BUSY when a table was locked or rewritten: begin again with a new snapshot
     */
    public ChunkedResult dump(Snapshot snapshot, Crew.Work beside, Cancellation cancellation) {
        List<CopyTable> tables =
                TableLocks.take(snapshot.connection(), chosen(snapshot, cancellation), order.lockTimeout());
        tables.stream().filter(table -> table.access() == RowAccess.COPY).forEach(this::warn);
        ChunkTotals whole = new ChunkTotals();
        EarlierTables earlier = earlier();
        TableSignatures signatures = TableSignatures.read(snapshot.connection());
        try (ChunkWriter writer = store.writer(order.level())) {
            SkeletonDump skeleton = new SkeletonDump(order, snapshot.id(), writer, whole);
            List<DumpedTable> dumped = tables.stream()
                    .map(table -> earlier.table(table, signatures))
                    .toList();
            RowsDump.Writing writing = new RowsDump.Writing(store, writer, earlier.extents(), whole);
            RowsDump rows = new RowsDump(order, connector, snapshot.id(), writing, dumped, progress);
            List<ChunkId> pieces = inParallel(skeleton, rows, readers(snapshot, rows), beside, cancellation);
            List<TableContents> contents =
                    rows.tables().stream().map(DumpedTable::contents).toList();
            List<ChunkId> listing = list(contents, writer, whole);
            progress.step(order.readBack() ? "Reading back what is new" : "Writing to the disk");
            progress.phases().during("read back", () -> writer.finish(order.readBack()));
            Manifest.Chunks chunks = chunks(listing, pieces, whole, reading(snapshot, rows));
            return new ChunkedResult(chunks, stored(rows), signatures, comparedWith(), rows.contradictions());
        }
    }

    private void warn(CopyTable table) {
        progress.warn(
                "an index or statistics of " + table.name() + " use a function that finds others by the search path"
                        + " of the database only: the rows are backed up, but a restore will not be able to create these, with"
                        + " pg_restore neither; to mend it: ALTER FUNCTION … SET search_path = …");
    }

    private EarlierTables earlier() {
        if (order.since().isEmpty()) {
            return EarlierTables.none("it is the first backup");
        }
        try {
            return EarlierTables.of(order.since().get(), store);
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.CHUNK_DAMAGED && e.code() != ErrorCode.OBJECT_MISSING) {
                throw e;
            }
            progress.warn("the backup before cannot be read, so this one reads everything, and stores everything that"
                    + " changed as it is: " + e.getMessage());
            return EarlierTables.none("the backup before cannot be read");
        }
    }

    private Optional<String> comparedWith() {
        return order.since()
                .filter(since -> since.isCompared() && since.everything())
                .map(Since::name);
    }

    private Reading reading(Snapshot snapshot, RowsDump rows) {
        Optional<Since> compared = order.since().filter(since -> since.isCompared() && !since.everything());
        List<DumpedTable> tables = rows.tables();
        return new Reading(
                compared.map(Since::name).orElse(null),
                compared.isPresent()
                        ? null
                        : order.since().flatMap(Since::whole).orElse("it is the first backup"),
                compared.flatMap(Since::fullAt).orElse(snapshot.takenAt()),
                tables.stream().mapToLong(DumpedTable::bytesRead).sum(),
                tables.stream().mapToLong(table -> table.copied().bytes()).sum());
    }

    private List<CopyTable> chosen(Snapshot snapshot, Cancellation cancellation) {
        if (order.content() == Content.SCHEMA) {
            return List.of();
        }
        List<CopyTable> tables = CopyCatalog.read(snapshot.connection()).stream()
                .filter(table -> !table.extension())
                .toList();
        return order.filters().isEmpty()
                ? tables
                : new FilteredTables(order, snapshot.id()).among(tables, cancellation);
    }

    /** The number of connections that read: as many as are worth opening, and the server has beside those of others. */
    private int readers(Snapshot snapshot, RowsDump rows) {
        long bytes = rows.tables().stream()
                .mapToLong(table -> table.copied().bytes())
                .sum();
        int wanted = (int) Math.min(rows.connections(), 1 + bytes / BYTES_OF_READER);
        int free = new Catalog(snapshot.connection()).freeConnections() - OTHERS;
        if (wanted <= free || wanted == 0) {
            return wanted;
        }
        int readers = Math.max(1, free);
        progress.note("reading with " + Sizes.count(readers, "connection") + " instead of " + wanted
                + ": the server has no more of them free");
        return readers;
    }

    /** Rows on all connections, and beside them pg_dump, which has less to do: it begins first. */
    private List<ChunkId> inParallel(
            SkeletonDump skeleton, RowsDump rows, int readers, Crew.Work beside, Cancellation cancellation) {
        List<TableName> ours =
                rows.tables().stream().map(table -> table.copied().name()).toList();
        List<ChunkId> pieces = new ArrayList<>();
        List<Crew.Work> works = new ArrayList<>();
        works.add(stop -> timed("definitions", () -> pieces.addAll(skeleton.dump(ours, stop))));
        works.addAll(Collections.nCopies(readers, stop -> timed("rows", () -> rows.work(stop))));
        works.add(beside);
        Crew.run(works, "pgkeep-dump", cancellation);
        return pieces;
    }

    private void timed(String phase, Runnable work) {
        try (Phases.Open open = progress.phases().beside(phase)) {
            work.run();
        }
    }

    private static List<ChunkId> list(List<TableContents> contents, ChunkWriter writer, ChunkTotals whole) {
        List<ChunkId> ids = new ArrayList<>();
        for (byte[] chunk : BackupContents.listing(contents)) {
            ChunkWriter.Added added = writer.put(chunk, 0, chunk.length);
            whole.add(added, chunk.length);
            ids.add(added.id());
        }
        return ids;
    }

    private static Manifest.Chunks chunks(
            List<ChunkId> listing, List<ChunkId> skeleton, ChunkTotals whole, Reading reading) {
        return new Manifest.Chunks(
                listing.stream().map(ChunkId::hex).toList(),
                skeleton.stream().map(ChunkId::hex).toList(),
                whole.count(),
                whole.length(),
                whole.bytes(),
                whole.newCount(),
                whole.newBytes(),
                null,
                reading);
    }

    private static Map<TableName, Stored> stored(RowsDump rows) {
        Map<TableName, Stored> stored = new LinkedHashMap<>();
        for (DumpedTable table : rows.tables()) {
            stored.put(
                    table.copied().name(),
                    new Stored(
                            table.contents().content(),
                            table.tally().bytes(),
                            table.tally().newBytes(),
                            table.bytesRead(),
                            table.whole()));
        }
        return stored;
    }
}
