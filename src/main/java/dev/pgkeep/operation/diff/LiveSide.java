package dev.pgkeep.operation.diff;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.pgtext.TypePrinters;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyCatalog;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeReader;
import dev.pgkeep.postgres.copy.Ranges;
import dev.pgkeep.postgres.copy.TableLocks;
import dev.pgkeep.postgres.dump.ClientEncoding;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.repository.contents.TableContents.Column;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A live database in one snapshot, read by the same runs of blocks as a backup reads it. Where no snapshot can be
 * shared, the session that reads rows has its own; definitions cannot change in between, since the tables are locked.
 */
final class LiveSide implements DiffSide {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private final Target target;
    private final Snapshot snapshot;
    private final CopySession session;
    private final Cancellation.Registration registration;
    private final List<Leaf> leaves;
    private final LiveShapes catalog;

    /** @param moneyLocale under which the other side printed money; empty where nobody knows */
    LiveSide(
            Connector connector,
            Target target,
            Predicate<TableName> chosen,
            Optional<String> moneyLocale,
            Cancellation cancellation) {
        this.target = target;
        this.snapshot = Snapshot.take(connector, target, "pgkeep");
        CopySession opened = null;
        try {
            List<CopyTable> wanted = CopyCatalog.read(snapshot.connection()).stream()
                    .filter(table -> !table.extension())
                    .filter(table -> chosen.test(table.name())
                            || table.root().filter(chosen).isPresent())
                    .toList();
            List<CopyTable> tables = TableLocks.take(snapshot.connection(), wanted, LOCK_TIMEOUT);
            this.catalog = LiveShapes.read(snapshot.connection());
            opened = CopySession.open(connector, target, "pgkeep", snapshot.shared())
                    .withMoney(moneyLocale);
            this.session = opened;
            this.registration = cancellation.onCancel(opened::abort);
            RangeReader reader = new RangeReader(opened);
            this.leaves = tables.stream().map(table -> leaf(table, reader)).toList();
        } catch (RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            snapshot.close();
            throw e;
        }
    }

    private static Leaf leaf(CopyTable table, RangeReader reader) {
        return new Leaf(
                table.name(),
                table.root(),
                table.format(),
                table.columns().stream()
                        .map(column -> new Column(column.name(), column.type()))
                        .toList(),
                Ranges.extents(table).stream()
                        .map(range -> (Leaf.Part) new Blocks(table, range, reader))
                        .toList());
    }

    private record Blocks(CopyTable table, BlockRange range, RangeReader reader) implements Leaf.Part {
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
            reader.read(table, range, taker);
        }
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
