package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.format.columnar.RowPlaces;
import dev.pgkeep.operation.incremental.TableHistory;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.Ranges;
import dev.pgkeep.postgres.incremental.TableSignatures.Signature;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.contents.TableContents.Trace;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkWriter.Added;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table and what was done of it so far, by several threads. Places of rows become chunks as soon as all extents are
 * there of which they tell, so that few are held.
 */
final class DumpedTable {
    private static final int GROUP = TableContents.EXTENTS_OF_PLACES;
    private static final byte[] UNKNOWN = {};

    private final CopyTable copied;
    private final Signature signature;
    private final TableHistory earlier;
    private final List<BlockRange> ranges;
    private final List<@Nullable Extent> extents;
    private final List<Group> groups;
    private final ChunkTotals tally = new ChunkTotals();
    private final LongAdder read = new LongAdder();

    /** A part of a table that one thread works on: an extent. */
    record Part(DumpedTable table, int index, BlockRange range) {
        /** The bytes of the table that fall to it. */
        long bytes() {
            return table.copied.bytesOf(range);
        }

        /** The same extent of the earlier backup. */
        Optional<Extent> earlier() {
            return table.earlier.extent(index, range);
        }
    }

    /** @param earlier the table in an earlier backup */
    DumpedTable(CopyTable copied, Signature signature, TableHistory earlier) {
        this.copied = copied;
        this.signature = signature;
        this.earlier = earlier;
        this.ranges = copied.blockRanges() && copied.blocks() == 0 ? List.of() : Ranges.extents(copied);
        this.extents = Collections.synchronizedList(new ArrayList<>(Collections.nCopies(ranges.size(), null)));
        this.groups = IntStream.range(0, isPlaced() ? Math.ceilDiv(ranges.size(), GROUP) : 0)
                .mapToObj(group -> new Group(group, Math.min(GROUP, ranges.size() - group * GROUP)))
                .toList();
    }

    List<Part> parts() {
        return IntStream.range(0, ranges.size())
                .mapToObj(i -> new Part(this, i, ranges.get(i)))
                .toList();
    }

    CopyTable copied() {
        return copied;
    }

    ChunkTotals tally() {
        return tally;
    }

    /** Bytes of it that were read. */
    long bytesRead() {
        return read.sum();
    }

    void addRead(long bytes) {
        read.add(bytes);
    }

    /** Why all of it was read; empty where only what changed was. */
    Optional<String> whole() {
        return earlier.whole();
    }

    /** Whether it is asked which of its rows changed. */
    boolean isCompared() {
        return earlier instanceof TableHistory.Known && copied.blockRanges();
    }

    /** Whether it is of use to a later backup where the rows lie. */
    boolean isPlaced() {
        return copied.blockRanges() && signature instanceof Signature.Known;
    }

    /** Takes an extent that was read. @param places where its rows lie, packed */
    void take(Part part, Extent extent, byte[] places, RowStore store, List<ChunkTotals> tallies) {
        extents.set(part.index(), extent);
        if (isPlaced()) {
            groups.get(part.index() / GROUP).take(part.index() % GROUP, places, store, tallies);
        }
    }

    /** Takes an extent that is as it was. */
    void takeUnchanged(Part part, Extent extent, RowStore store, List<ChunkTotals> tallies) {
        extents.set(part.index(), extent);
        if (isPlaced()) {
            groups.get(part.index() / GROUP).take(part.index() % GROUP, null, store, tallies);
        }
    }

    /** The places of the rows of an extent in the earlier backup, packed; none where they are not known. */
    Optional<byte[]> earlierPlaces(int index, RowStore store) {
        return groups.isEmpty() ? Optional.empty() : groups.get(index / GROUP).earlier(store, index % GROUP);
    }

    private Optional<ChunkId> earlierGroup(int group) {
        return earlier instanceof TableHistory.Known known
                ? known.before()
                        .trace()
                        .map(Trace::places)
                        .filter(all -> group < all.size())
                        .map(all -> all.get(group))
                : Optional.empty();
    }

    TableContents contents() {
        Optional<Trace> trace = signature instanceof Signature.Known known
                ? Optional.of(new Trace(
                        copied.oid(),
                        known.hex(),
                        groups.stream().map(Group::id).toList()))
                : Optional.empty();
        return new TableContents(
                copied.name(),
                copied.root(),
                copied.loadThroughRoot(),
                copied.format(),
                copied.columns().stream()
                        .map(column -> new TableContents.Column(column.name(), column.type()))
                        .toList(),
                copied.fileNode(),
                trace,
                extents.stream().map(Objects::requireNonNull).toList());
    }

    /** The extents whose places lie in one chunk. */
    private final class Group {
        private final int number;
        private final AtomicInteger left;
        private @Nullable byte @Nullable [][] places;
        private boolean changed;
        private @Nullable List<byte[]> before;
        private @Nullable ChunkId id;

        Group(int number, int size) {
            this.number = number;
            this.left = new AtomicInteger(size);
            this.places = new byte[size][];
        }

        /** @param found null where they are as they were */
        synchronized void take(int index, byte @Nullable [] found, RowStore store, List<ChunkTotals> tallies) {
            byte[][] all = Objects.requireNonNull(places);
            all[index] = found;
            changed |= found != null;
            if (left.decrementAndGet() == 0) {
                Optional<Added> same = changed ? Optional.empty() : kept(all.length, store);
                byte[] chunk = same.isPresent() ? UNKNOWN : RowPlaces.chunk(filled(all, store));
                Added added = same.orElseGet(() -> store.put(chunk));
                tallies.forEach(each -> each.add(added, chunk.length));
                id = added.id();
                places = null;
                before = null;
            }
        }

        /** The chunk of the earlier backup, where it tells of just as many extents; not read for that. */
        private Optional<Added> kept(int size, RowStore store) {
            return earlierGroup(number)
                    .filter(chunk -> earlierSize() == size)
                    .flatMap(store::find);
        }

        private int earlierSize() {
            return earlier instanceof TableHistory.Known known
                    ? Math.min(GROUP, known.before().extents().size() - number * GROUP)
                    : 0;
        }

        private List<byte[]> filled(byte[][] all, RowStore store) {
            List<byte[]> filled = new ArrayList<>();
            for (int i = 0; i < all.length; i++) {
                byte[] found = all[i];
                filled.add(found == null ? earlier(store, i).orElse(UNKNOWN) : found);
            }
            return filled;
        }

        synchronized Optional<byte[]> earlier(RowStore store, int index) {
            List<byte[]> all = all(store);
            return index < all.size() ? Optional.of(all.get(index)) : Optional.empty();
        }

        private List<byte[]> all(RowStore store) {
            List<byte[]> known = before;
            if (known == null) {
                known = earlierGroup(number)
                        .flatMap(store::readable)
                        .flatMap(chunk -> RowStore.intact(() -> RowPlaces.extents(chunk)))
                        .orElse(List.of());
                before = known;
            }
            return known;
        }

        ChunkId id() {
            return Objects.requireNonNull(id);
        }
    }
}
