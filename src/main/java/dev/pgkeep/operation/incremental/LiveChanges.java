package dev.pgkeep.operation.incremental;

import dev.pgkeep.format.manifest.Lineage;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.incremental.TableChanges.ExtentChange;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeCounts;
import dev.pgkeep.postgres.copy.Ranges;
import dev.pgkeep.postgres.copy.RowAge;
import dev.pgkeep.postgres.incremental.LineageCheck;
import dev.pgkeep.postgres.incremental.TableSignatures;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Tells what changed in a database since a backup, extent by extent, as far as that can be told without reading it. */
public final class LiveChanges {
    private final Optional<Lineage> lineage;
    private final Function<Connection, Optional<String>> whole;

    private LiveChanges(Optional<Lineage> lineage, Function<Connection, Optional<String>> whole) {
        this.lineage = lineage;
        this.whole = whole;
    }

    /** @param why nothing is to be told, for people */
    public static LiveChanges untold(String why) {
        return new LiveChanges(Optional.empty(), session -> Optional.of(why));
    }

    /**
     * Looks whether the server is the one of a backup, further on.
     *
     * @param connection of the session that takes the snapshot afterwards, in autocommit mode
     */
    public static LiveChanges since(Manifest.Chunks backup, Connection connection) {
        Lineage known = backup.lineage();
        if (known == null) {
            return untold("the backup does not tell where in the history of its server it is");
        }
        LineageCheck check = new LineageCheck(connection);
        return check.against(known)
                .map(LiveChanges::untold)
                .orElseGet(() -> new LiveChanges(
                        Optional.of(known),
                        session -> check.isStillWith(session)
                                ? Optional.empty()
                                : Optional.of(LineageCheck.OTHER_PROCESS)));
    }

    /**
     * Looks what changed in tables. Why nothing can be told stands in each history then.
     *
     * @param tables listed and locked in the snapshot
     * @param snapshot taken after the server was looked at, in the same session
     * @param session that shares it
     */
    public List<TableChanges> of(
            List<CopyTable> tables, List<TableContents> stored, Snapshot snapshot, CopySession session) {
        Optional<String> none = whole.apply(snapshot.connection())
                .or(() -> snapshot.shared().isPresent()
                        ? Optional.empty()
                        : Optional.of("rows are read in a snapshot of their own"));
        if (none.isPresent()) {
            TableHistory unknown = new TableHistory.Unknown(none.get());
            return tables.stream()
                    .map(table -> Look.of(table, unknown).changes())
                    .toList();
        }
        StoredTables before = new StoredTables(stored);
        TableSignatures signatures = TableSignatures.read(snapshot.connection());
        List<Look> looks = tables.stream()
                .map(table -> Look.of(table, before.of(table, signatures)))
                .toList();
        count(
                looks.stream()
                        .flatMap(look -> look.extents().stream())
                        .filter(extent -> extent.before.isPresent())
                        .toList(),
                session);
        return looks.stream().map(Look::changes).toList();
    }

    private void count(List<LookedAt> extents, CopySession session) {
        if (extents.isEmpty()) {
            return;
        }
        RangeCounts counts = new RangeCounts(
                session.connection(),
                RowAge.since(session.connection(), lineage.orElseThrow().snapshotXmin()));
        for (List<LookedAt> batch : LookBatches.of(extents, each -> each.range.blocks())) {
            List<RangeCounts.Count> found = counts.of(batch.stream()
                    .map(each -> new RangeCounts.Range(each.table, each.range))
                    .toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).now = Optional.of(found.get(i));
            }
        }
    }

    /** A table while it is looked at. */
    private record Look(CopyTable table, TableHistory history, List<LookedAt> extents) {
        static Look of(CopyTable table, TableHistory history) {
            List<BlockRange> ranges = Ranges.extents(table);
            return new Look(
                    table,
                    history,
                    IntStream.range(0, ranges.size())
                            .mapToObj(i -> new LookedAt(table, ranges.get(i), history.extent(i, ranges.get(i))))
                            .toList());
        }

        TableChanges changes() {
            return new TableChanges(
                    table,
                    history,
                    extents.stream()
                            .map(each -> new ExtentChange(each.range, each.before, each.now))
                            .toList());
        }
    }

    /** An extent while it is looked at. */
    private static final class LookedAt {
        private final CopyTable table;
        private final BlockRange range;
        private final Optional<Extent> before;
        private Optional<RangeCounts.Count> now = Optional.empty();

        LookedAt(CopyTable table, BlockRange range, Optional<Extent> before) {
            this.table = table;
            this.range = range;
            this.before = before;
        }
    }
}
