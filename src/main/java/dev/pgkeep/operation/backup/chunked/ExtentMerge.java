package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.HeldRows;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowCutter;
import dev.pgkeep.format.columnar.RowDecoder;
import dev.pgkeep.format.columnar.RowEncoder;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.columnar.RowHasher;
import dev.pgkeep.format.columnar.RowPatch;
import dev.pgkeep.format.columnar.RowPlaces;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.PlacedRows;
import dev.pgkeep.postgres.copy.RangeCounts;
import dev.pgkeep.postgres.copy.RangeReader;
import dev.pgkeep.postgres.copy.RowAge;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.RowChunk;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes an extent of which few rows changed out of the stored one: the server sends the rows that are new, and the
 * places of those that are still there. What it is made of is held against what the server counted; where anything does
 * not fit, the extent is read whole. One for each worker.
 */
final class ExtentMerge {
    /** Rows that are gone or came may be one in so many; beyond that, reading them all costs no more. */
    private static final int PART = 4;

    /** Bytes of new rows that are held at most. */
    private static final int HELD = 8 << 20;

    private final RangeReader reader;
    private final RowAge age;
    private final RowStore store;
    private final RowEncoder encoder;
    private final RowDecoder decoder = new RowDecoder();

    /** @param encoder has it for itself during each call */
    ExtentMerge(RangeReader reader, RowAge age, RowStore store, RowEncoder encoder) {
        this.reader = reader;
        this.age = age;
        this.store = store;
        this.encoder = encoder;
    }

    /**
     * An extent that was made.
     *
     * @param extent its rows
     * @param chunk how they are stored
     * @param places where they lie, packed
     * @param read how many rows the server sent
     */
    record Merged(Extent extent, RowStore.Stored chunk, byte[] places, int read) {}

    /** Whether so few rows changed that an extent is worth being made out of the stored one. */
    static boolean isWorth(Extent base, RangeCounts.Count now) {
        long gone = base.content().rows() - (now.rows() - now.later());
        return base.chunks().size() == 1
                && gone >= 0
                && PART * (gone + now.later()) <= base.content().rows();
    }

    /**
     * Makes the extent; empty when it must be read whole.
     *
     * @param packed where the rows of the stored one lie
     * @param now what the server counts
     */
    Optional<Merged> merge(CopyTable table, BlockRange range, Extent base, byte[] packed, RangeCounts.Count now) {
        RowChunk chunk = base.chunks().getFirst();
        Optional<byte[]> below = store.readable(chunk);
        Optional<RowPatch> patch = chunk.patch().flatMap(store::readable).map(RowPatch::of);
        if (below.isEmpty() || chunk.patch().isPresent() && patch.isEmpty() || !RowEncoder.isColumns(below.get())) {
            return Optional.empty();
        }
        int rows = Math.toIntExact(base.content().rows());
        long first = range.first() << RowPlaces.POINTER_BITS;
        long[] were = RowPlaces.unpack(packed, rows);
        long[] stay = relative(reader.placesBefore(table, range, age, rows), first);
        NewRows came = new NewRows(first, (int) now.later());
        reader.readLater(table, range, age, came);
        if (were.length != rows || stay.length != now.rows() - now.later() || !came.isComplete()) {
            return Optional.empty();
        }
        return new Merge(new Known(base, below.get(), patch, were), stay, came, table).made(range);
    }

    private static long[] relative(long[] places, long first) {
        for (int i = 0; i < places.length; i++) {
            places[i] -= first;
        }
        return places;
    }

    /** The rows that the server sends because they are new. */
    private static final class NewRows implements PlacedRows {
        private final HeldRows rows = HeldRows.none();
        private final RowHasher hasher = new RowHasher();
        private final long first;
        private final long[] places;
        private int count;
        private boolean tooMuch;

        NewRows(long first, int expected) {
            this.first = first;
            this.places = new long[expected];
        }

        @Override
        public void at(long place) {
            if (count < places.length) {
                places[count] = place - first;
            }
            count++;
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            tooMuch |= rows.start(rows.count()) + (long) length > HELD;
            if (!tooMuch) {
                rows.row(bytes, offset, length);
                hasher.add(bytes, offset, length);
            }
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, boolean last) {
            tooMuch = true;
        }

        boolean isComplete() {
            return !tooMuch && count == places.length && rows.count() == count;
        }
    }

    /**
     * An extent as it is stored.
     *
     * @param below the chunk without its patch
     * @param places where its rows lie
     */
    private record Known(Extent extent, byte[] below, Optional<RowPatch> patch, long[] places) {}

    /** One extent on its way: rows of the chunk below are known by their number, those that came later by theirs. */
    private final class Merge {
        private final Extent base;
        private final byte[] below;
        private final Optional<RowPatch> patch;
        private final long[] were;
        private final long[] stay;
        private final NewRows came;
        private final CopyTable table;
        private final HeldRows cameBefore;
        private final RowHasher gone = new RowHasher();

        Merge(Known known, long[] stay, NewRows came, CopyTable table) {
            this.base = known.extent();
            this.below = known.below();
            this.patch = known.patch();
            this.were = known.places();
            this.stay = stay;
            this.came = came;
            this.table = table;
            this.cameBefore = patch.filter(each -> each.before().length > 0)
                    .map(each -> HeldRows.of(each.rows(), decoder))
                    .orElseGet(HeldRows::none);
        }

        Optional<Merged> made(BlockRange range) {
            int count = patch.map(RowPatch::base).orElse(were.length);
            int[] order = order(count);
            boolean[] lost = new boolean[count];
            patch.ifPresent(each -> Arrays.stream(each.gone()).forEach(row -> lost[row] = true));
            long held = (long) cameBefore.start(cameBefore.count()) + came.rows.start(came.count);
            if (order.length != were.length || held > 2L * HELD) {
                return Optional.empty();
            }
            encoder.begin(
                    table.format(),
                    table.columns().stream().map(CopyTable.CopyColumn::hint).toList());
            Walk walk = new Walk(lost);
            boolean fits = walk.over(order);
            int[] goneInAll = walk.gone(lost);
            long changes = (long) walk.inserted + goneInAll.length;
            if (!fits || changes * PART > count || !hashGone(walk.lostNow, count)) {
                encoder.clear();
                return Optional.empty();
            }
            byte[] rows = encoder.rows() == 0 ? new byte[0] : encoder.chunk();
            RowPatch changed = new RowPatch(count, goneInAll, Arrays.copyOf(walk.before, walk.inserted), rows);
            RowStore.Stored stored = store.patch(base.chunks().getFirst(), changed);
            RowHash content = base.content().minus(gone.total()).plus(came.hasher.total());
            Extent extent = new Extent(range.first(), range.blocks(), content, List.of(stored.chunk()));
            return Optional.of(new Merged(extent, stored, RowPlaces.pack(walk.places, walk.placed), came.count));
        }

        /** The rows of the stored extent in their order: those of the chunk below by number, others as ~number. */
        private int[] order(int count) {
            int[] lost = patch.map(RowPatch::gone).orElse(new int[0]);
            int[] before = patch.map(RowPatch::before).orElse(new int[0]);
            int[] order = new int[Math.max(0, count - lost.length + before.length)];
            int at = 0;
            int nextLost = 0;
            int nextCame = 0;
            int passed = 0;
            for (int row = 0; row < count; row++) {
                if (nextLost < lost.length && lost[nextLost] == row) {
                    nextLost++;
                    continue;
                }
                while (nextCame < before.length && before[nextCame] == passed) {
                    order[at++] = ~nextCame++;
                }
                order[at++] = row;
                passed++;
            }
            while (nextCame < before.length) {
                order[at++] = ~nextCame++;
            }
            return order;
        }

        /** Adds up the rows of the chunk below that are gone now. */
        private boolean hashGone(boolean[] lostNow, int count) {
            Gone taker = new Gone(lostNow);
            try {
                int found = decoder.decode(below, 0, below.length, new RowCutter(table.format(), taker));
                return found == count && taker.row == count;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (PgkeepException e) {
                if (e.code() == ErrorCode.CHUNK_DAMAGED) {
                    return false;
                }
                throw e;
            }
        }

        /** Passes over the rows as they are now, in the order of the heap. */
        private final class Walk {
            private final boolean[] lostNow;
            private final long[] places = new long[stay.length + came.count];
            private final int[] before = new int[cameBefore.count() + came.count];
            private int placed;
            private int inserted;
            private int passed;
            private int nextNew;

            Walk(boolean[] lost) {
                lostNow = new boolean[lost.length];
            }

            /** Whether every row that the server still has is one of the stored ones. */
            boolean over(int[] order) {
                int nextStay = 0;
                for (int i = 0; i < order.length; i++) {
                    boolean stays = nextStay < stay.length && stay[nextStay] == were[i];
                    if (stays) {
                        newUpTo(were[i]);
                        places[placed++] = were[i];
                        nextStay++;
                    }
                    if (order[i] >= 0) {
                        passed += stays ? 1 : 0;
                        lostNow[order[i]] = !stays;
                    } else if (stays) {
                        insert(cameBefore, ~order[i]);
                    } else {
                        gone.add(cameBefore.bytes(), cameBefore.start(~order[i]), cameBefore.length(~order[i]));
                    }
                }
                newUpTo(Long.MAX_VALUE);
                return nextStay == stay.length;
            }

            private void newUpTo(long place) {
                while (nextNew < came.count && came.places[nextNew] < place) {
                    places[placed++] = came.places[nextNew];
                    insert(came.rows, nextNew++);
                }
            }

            private void insert(HeldRows from, int row) {
                before[inserted++] = passed;
                encoder.add(from.bytes(), from.start(row), from.length(row));
            }

            int[] gone(boolean[] lost) {
                int[] gone = new int[lost.length];
                int count = 0;
                for (int row = 0; row < lost.length; row++) {
                    if (lost[row] || lostNow[row]) {
                        gone[count++] = row;
                    }
                }
                return Arrays.copyOf(gone, count);
            }
        }

        private final class Gone implements RowConsumer {
            private final boolean[] lostNow;
            private int row;

            Gone(boolean[] lostNow) {
                this.lostNow = lostNow;
            }

            @Override
            public void row(byte[] bytes, int offset, int length) {
                if (row < lostNow.length && lostNow[row]) {
                    gone.add(bytes, offset, length);
                }
                row++;
            }

            @Override
            public void piece(byte[] bytes, int offset, int length, boolean last) {
                row = -1;
            }
        }
    }
}
