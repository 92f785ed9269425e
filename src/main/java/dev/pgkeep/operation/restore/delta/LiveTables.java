package dev.pgkeep.operation.restore.delta;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Crew;
import dev.pgkeep.operation.incremental.LookBatches;
import dev.pgkeep.operation.incremental.StoredTables;
import dev.pgkeep.operation.incremental.TableHistory;
import dev.pgkeep.operation.restore.delta.TableDelta.Changed;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeCounts;
import dev.pgkeep.postgres.copy.RangeCounts.Count;
import dev.pgkeep.postgres.copy.Ranges;
import dev.pgkeep.postgres.copy.RowAge;
import dev.pgkeep.postgres.incremental.TableSignatures;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The tables of a backup as they are in the database, and the extents of them that changed since. */
public final class LiveTables {
    /** A table of the backup, and the one in the database. */
    private record Pair(TableContents stored, CopyTable live, Optional<String> whole) {}

    private record Part(Pair pair, int index, BlockRange range) {}

    private final List<Pair> pairs;

    private LiveTables(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /**
     * Finds the tables of a backup among those of the database.
     *
     * @param live all tables of the database, with their sizes
     * @return empty where the database has not the same tables
     */
    public static Optional<LiveTables> of(
            List<TableContents> stored, List<CopyTable> live, TableSignatures signatures) {
        Map<Object, CopyTable> byName = new HashMap<>();
        live.stream().filter(table -> !table.extension()).forEach(table -> byName.put(table.name(), table));
        List<Pair> pairs = new ArrayList<>();
        StoredTables before = new StoredTables(stored);
        for (TableContents table : stored) {
            CopyTable found = byName.remove(table.name());
            if (found == null || found.format() != table.format()) {
                return Optional.empty();
            }
            pairs.add(new Pair(table, found, whole(table, before.of(found, signatures))));
        }
        return byName.isEmpty() ? Optional.of(new LiveTables(pairs)) : Optional.empty();
    }

    private static Optional<String> whole(TableContents stored, TableHistory history) {
        return history.whole()
                .or(() -> history.isOf(stored.name()) ? Optional.empty() : Optional.of("it had another name then"));
    }

    /**
     * Asks the server which extents changed.
     *
     * @param snapshot id of an exported snapshot, in which it is asked
     * @param xmin the oldest transaction that was running at the backup's snapshot
     * @param sessions how many at once
     */
    public List<TableDelta> changed(
            Connector connector, Target target, String snapshot, long xmin, int sessions, Cancellation cancellation) {
        Map<Part, Count> counts = new ConcurrentHashMap<>();
        Queue<List<Part>> looks = new ConcurrentLinkedQueue<>(looks());
        Crew.run(Math.clamp(looks.size(), 1, sessions), "changes", cancellation, stop -> {
            try (CopySession session = CopySession.open(connector, target, "pgkeep", Optional.of(snapshot));
                    var registration = stop.onCancel(session::abort)) {
                RangeCounts asking = new RangeCounts(session.connection(), RowAge.since(session.connection(), xmin));
                for (List<Part> look = looks.poll(); look != null; look = looks.poll()) {
                    stop.check();
                    List<Count> found = asking.of(look.stream()
                            .map(part -> new RangeCounts.Range(part.pair().live(), part.range()))
                            .toList());
                    for (int i = 0; i < look.size(); i++) {
                        counts.put(look.get(i), found.get(i));
                    }
                }
            }
        });
        return pairs.stream().map(pair -> table(pair, counts)).toList();
    }

    private List<List<Part>> looks() {
        List<Part> largestFirst = pairs.stream()
                .filter(pair -> pair.whole().isEmpty())
                .sorted(Comparator.comparingLong((Pair pair) -> pair.live().blocks())
                        .reversed())
                .flatMap(pair -> parts(pair).stream())
                .toList();
        return LookBatches.of(largestFirst, part -> part.range().blocks());
    }

    private static List<Part> parts(Pair pair) {
        List<BlockRange> ranges = pair.live().blocks() == 0 ? List.of() : Ranges.extents(pair.live());
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            parts.add(new Part(pair, i, ranges.get(i)));
        }
        return parts;
    }

    private static TableDelta table(Pair pair, Map<Part, Count> counts) {
        List<Changed> changed = new ArrayList<>();
        List<Extent> extents = pair.stored().extents();
        if (pair.whole().isEmpty()) {
            List<Part> parts = parts(pair);
            for (int i = 0; i < Math.max(parts.size(), extents.size()); i++) {
                Optional<BlockRange> range =
                        i < parts.size() ? Optional.of(parts.get(i).range()) : Optional.empty();
                Count now = i < parts.size() ? Objects.requireNonNull(counts.get(parts.get(i))) : new Count(0, 0);
                Optional<Extent> stored = i < extents.size() ? Optional.of(extents.get(i)) : Optional.empty();
                Changed each = new Changed(i, range, stored, now);
                if (now.later() > 0 || each.gone() != 0) {
                    changed.add(each);
                }
            }
        }
        return new TableDelta(pair.stored(), pair.live(), pair.whole(), changed);
    }
}
