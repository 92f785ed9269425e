package dev.pgkeep.operation.diff;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.pgtext.TypePrinters;
import dev.pgkeep.operation.incremental.LiveChanges;
import dev.pgkeep.operation.incremental.TableChanges;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyCatalog;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeReader;
import dev.pgkeep.postgres.copy.TableLocks;
import dev.pgkeep.postgres.dump.ClientEncoding;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.repository.contents.TableContents.Column;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * A live database in one snapshot, read by the same runs of blocks as a backup reads it, but for those of which it is
 * known that nothing changed in them since the backup that it is compared with. Where no snapshot can be shared, the
 * session that reads rows has its own; definitions cannot change in between, since the tables are locked.
 */
final class LiveSide implements DiffSide {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private final Target target;
    private final Snapshot snapshot;
    private final CopySession session;
    private final Cancellation.Registration registration;
    private final List<Leaf> leaves;
    private final LiveShapes catalog;
    private final List<TableChanges> changes;
    private final LongAdder read = new LongAdder();

    /** @param before what it is compared with */
    LiveSide(Connector connector, Target target, DiffRequest request, StoredSide before, Cancellation cancellation) {
        this.target = target;
        Connection connection = connector.open(target, "pgkeep");
        LiveChanges since = request.full()
                ? LiveChanges.untold("it was asked for")
                : LiveChanges.since(before.source().chunks(), connection);
        this.snapshot = Snapshot.in(connection, target.database());
        CopySession opened = null;
        try {
            List<CopyTable> wanted = CopyCatalog.read(snapshot.connection()).stream()
                    .filter(table -> !table.extension())
                    .filter(table -> request.tables().test(table.name())
                            || table.root().filter(request.tables()).isPresent())
                    .toList();
            List<CopyTable> tables = TableLocks.take(snapshot.connection(), wanted, LOCK_TIMEOUT);
            this.catalog = LiveShapes.read(snapshot.connection());
            opened = CopySession.open(connector, target, "pgkeep", snapshot.shared())
                    .withMoney(before.source().moneyLocale());
            this.session = opened;
            this.registration = cancellation.onCancel(opened::abort);
            RangeReader reader = new RangeReader(opened);
            this.changes = since.of(tables, before.tables(), snapshot, opened);
            this.leaves = changes.stream().map(table -> leaf(table, reader)).toList();
        } catch (RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            snapshot.close();
            throw e;
        }
    }

    private Leaf leaf(TableChanges changed, RangeReader reader) {
        CopyTable table = changed.table();
        boolean same = changed.history().isOf(table.name());
        return new Leaf(
                table.name(),
                table.root(),
                table.format(),
                table.columns().stream()
                        .map(column -> new Column(column.name(), column.type()))
                        .toList(),
                changed.extents().stream()
                        .map(extent -> (Leaf.Part)
                                new Blocks(table, extent.range(), same && extent.isUnchanged(), reader, read))
                        .toList());
    }

    private record Blocks(CopyTable table, BlockRange range, boolean isUnchanged, RangeReader reader, LongAdder bytes)
            implements Leaf.Part {
        @Override
        public long firstBlock() {
            return range.first();
        }

        @Override
        public Optional<RowHash> content() {
            return Optional.empty();
        }

        @Override
        public void read(RowConsumer taker) {
            bytes.add(table.bytesOf(range));
            reader.read(table, range, taker);
        }
    }

    /** What was read so far. */
    LiveReading reading() {
        SortedMap<TableName, String> whole = new TreeMap<>();
        changes.forEach(each ->
                each.history().whole().ifPresent(why -> whole.put(each.table().name(), why)));
        return new LiveReading(
                read.sum(),
                changes.stream().mapToLong(each -> each.table().bytes()).sum(),
                whole);
    }

    @Override
    public String name() {
        return target.database();
    }

    @Override
    public List<Leaf> leaves() {
        return leaves;
    }

    @Override
    public Map<TableName, TableShape> shapes() {
        return catalog.shapes();
    }

    @Override
    public TypePrinters printers() {
        return catalog.printers();
    }

    @Override
    public Charset charset() {
        return ClientEncoding.charset(session.encoding());
    }

    @Override
    public String leftOut() {
        return "";
    }

    @Override
    public void close() {
        registration.close();
        session.close();
        snapshot.close();
    }
}
