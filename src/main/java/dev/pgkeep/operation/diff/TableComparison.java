package dev.pgkeep.operation.diff;

import com.dynatrace.hash4j.hashing.HashValue128;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.pgtext.RowPrinter;
import dev.pgkeep.repository.contents.TableContents.Column;
import dev.pgkeep.repository.contents.rows.RowCutter;
import dev.pgkeep.repository.contents.rows.TextFields;
import dev.pgkeep.operation.diff.UnmatchedRows.From;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.base.progress.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of a table. Runs of blocks with the same content are left out without reading them where their
 * content is known; of those in the same place rows with the same bytes are left out; what remains is matched by key.
 */
final class TableComparison implements AutoCloseable {
    private static final long MOST_HASHES = 500_000;

    private final TablePair pair;
    private final DiffSide first;
    private final DiffSide second;
    private final Cancellation cancellation;
    private final Meter meter;
    private final WideValues wide = new WideValues();
    private final UnmatchedRows leftovers;
    private final Spool firstSpool = new Spool();
    private final Spool secondSpool = new Spool();
    private final Map<Origin, RowReceiver> receivers = new LinkedHashMap<>();

    /** Told what was read. */
    @FunctionalInterface
    interface Meter {
        void read(int rows, int bytes);
    }

    private record Origin(From from, TableName leaf) {}

    /** @param meter told of every row that was read */
    TableComparison(TablePair pair, DiffSide first, DiffSide second, long budget, Cancellation cancellation, Meter meter) {
        this.pair = pair;
        this.first = first;
        this.second = second;
        this.cancellation = cancellation;
        this.meter = meter;
        this.leftovers = new UnmatchedRows(
                pair.columns().size(),
                pair.key().stream().mapToInt(Integer::intValue).toArray(),
                wide,
                budget,
                cancellation);
    }

    void run(RowChanges changes) {
        try {
            Map<TableName, Leaf> others = new HashMap<>();
            pair.second().forEach(leaf -> others.put(leaf.name(), leaf));
            for (Leaf leaf : pair.first()) {
                Leaf other = others.remove(leaf.name());
                compare(leaf, Optional.ofNullable(other));
            }
            for (Leaf leaf : others.values()) {
                for (Leaf.Part part : leaf.parts()) {
                    take(From.SECOND, leaf, part);
                }
            }
            for (RowReceiver receiver : receivers.values()) {
                receiver.end();
            }
            leftovers.match(changes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        leftovers.close();
        firstSpool.close();
        secondSpool.close();
        wide.close();
    }

    private void compare(Leaf leaf, Optional<Leaf> other) throws IOException {
        if (other.isEmpty() || !isComparable(leaf, other.get())) {
            for (Leaf.Part part : leaf.parts()) {
                take(From.FIRST, leaf, part);
            }
            for (Leaf.Part part : other.map(Leaf::parts).orElse(List.of())) {
                take(From.SECOND, other.get(), part);
            }
            return;
        }
        List<Leaf.Part> ours = new ArrayList<>(leaf.parts());
        List<Leaf.Part> theirs = new ArrayList<>(other.get().parts());
        cancelKnown(ours, theirs);
        Map<Long, Leaf.Part> there = new HashMap<>();
        theirs.forEach(part -> there.put(part.firstBlock(), part));
        for (Leaf.Part part : ours) {
            Leaf.Part opposite = there.remove(part.firstBlock());
            if (opposite == null) {
                take(From.FIRST, leaf, part);
            } else {
                compare(leaf, part, other.get(), opposite);
            }
        }
        for (Leaf.Part part : theirs) {
            if (there.containsKey(part.firstBlock())) {
                take(From.SECOND, other.get(), part);
            }
        }
    }

    /** Whether the same row has the same bytes on both sides. */
    private boolean isComparable(Leaf leaf, Leaf other) {
        return leaf.format() == other.format()
                && leaf.columns().equals(other.columns())
                && first.charset().equals(second.charset());
    }

    /** Leaves out runs with equal content, wherever they are. */
    private static void cancelKnown(List<Leaf.Part> ours, List<Leaf.Part> theirs) {
        Map<RowHash, List<Leaf.Part>> byContent = new HashMap<>();
        theirs.forEach(part -> part.content()
                .ifPresent(content -> byContent
                        .computeIfAbsent(content, each -> new ArrayList<>(1))
                        .add(part)));
        List<Leaf.Part> gone = new ArrayList<>();
        ours.removeIf(part -> {
            List<Leaf.Part> same = part.content().map(byContent::get).orElse(null);
            if (same == null || same.isEmpty()) {
                return false;
            }
            gone.add(same.removeLast());
            return true;
        });
        theirs.removeAll(java.util.Set.copyOf(gone));
    }

    /** All rows of a run are left over. */
    private void take(From from, Leaf leaf, Leaf.Part part) throws IOException {
        cancellation.check();
        part.read(counting(receiver(from, leaf)));
    }

    private void compare(Leaf leaf, Leaf.Part part, Leaf other, Leaf.Part opposite) throws IOException {
        cancellation.check();
        if (part.content().filter(each -> each.rows() > MOST_HASHES).isPresent()) {
            // A table that cannot be read by blocks comes as one run.
            take(From.FIRST, leaf, part);
            take(From.SECOND, other, opposite);
            return;
        }
        HashCounts counts = new HashCounts();
        Hashing hashing = new Hashing(secondSpool, counts);
        secondSpool.clear();
        opposite.read(counting(hashing));
        if (part.content().isPresent() && part.content().get().equals(hashing.content())) {
            return;
        }
        RowReceiver receiver = receiver(From.FIRST, leaf);
        part.read(counting(new Cancelling(counts, receiver)));
        if (!counts.isEmpty()) {
            RowReceiver others = receiver(From.SECOND, other);
            secondSpool.replay(new Cancelling(counts, others).keepingThoseThatAreThere());
        }
    }

    private RowReceiver receiver(From from, Leaf leaf) {
        return receivers.computeIfAbsent(new Origin(from, leaf.name()), each -> {
            int[] places = leaf.columns().stream()
                    .map(Column::name)
                    .mapToInt(pair.columns()::indexOf)
                    .toArray();
            DiffSide side = from == From.FIRST ? first : second;
            RowBuilder builder = new RowBuilder(
                    places, pair.columns().size(), side.charset(), wide.file(), row -> leftovers.add(from, row));
            return new RowReceiver(leaf, side, new TextFields(places.length, builder));
        });
    }

    private RowCutter.RowConsumer counting(RowCutter.RowConsumer taker) {
        return new RowCutter.RowConsumer() {
            @Override
            public void row(byte[] bytes, int offset, int length) throws IOException {
                meter.read(1, length);
                taker.row(bytes, offset, length);
            }

            @Override
            public void piece(byte[] bytes, int offset, int length, boolean last) throws IOException {
                meter.read(last ? 1 : 0, length);
                taker.piece(bytes, offset, length, last);
            }
        };
    }

    /** Turns rows into texts. */
    private static final class RowReceiver implements RowCutter.RowConsumer {
        private final OutputStream text;
        private final @Nullable RowPrinter printer;

        RowReceiver(Leaf leaf, DiffSide side, OutputStream text) {
            this.text = text;
            this.printer = leaf.format() == RowFormat.TEXT
                    ? null
                    : new RowPrinter(
                            side.printers(),
                            leaf.columns().stream().map(Column::type).toList(),
                            text);
        }

        @Override
        public void row(byte[] bytes, int offset, int length) throws IOException {
            if (printer == null) {
                text.write(bytes, offset, length);
            } else {
                printer.rows(bytes, offset, length);
            }
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, boolean last) throws IOException {
            row(bytes, offset, length);
        }

        void end() throws IOException {
            if (printer != null) {
                printer.end();
            }
        }
    }

    /** Keeps rows and counts their hashes. */
    private static final class Hashing implements RowCutter.RowConsumer {
        private final Spool spool;
        private final HashCounts counts;
        private final HashCounts.Growing growing = new HashCounts.Growing();
        private RowHash content = RowHash.EMPTY;

        Hashing(Spool spool, HashCounts counts) {
            this.spool = spool;
            this.counts = counts;
        }

        RowHash content() {
            return content;
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            spool.row(bytes, offset, length);
            add(HashCounts.of(bytes, offset, length));
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, boolean last) {
            spool.piece(bytes, offset, length, last);
            growing.add(bytes, offset, length);
            if (last) {
                add(growing.end());
            }
        }

        private void add(HashValue128 hash) {
            counts.add(hash);
            content = content.plus(new RowHash(1, hash.getMostSignificantBits(), hash.getLeastSignificantBits()));
        }
    }

    /** Hands on the rows that are not among those that were counted, or, the other way round, those that are. */
    private final class Cancelling implements RowCutter.RowConsumer {
        private final HashCounts counts;
        private final RowCutter.RowConsumer rest;
        private final HashCounts.Growing growing = new HashCounts.Growing();
        private boolean wanted;

        Cancelling(HashCounts counts, RowCutter.RowConsumer rest) {
            this.counts = counts;
            this.rest = rest;
        }

        Cancelling keepingThoseThatAreThere() {
            wanted = true;
            return this;
        }

        @Override
        public void row(byte[] bytes, int offset, int length) throws IOException {
            if (counts.take(HashCounts.of(bytes, offset, length)) == wanted) {
                rest.row(bytes, offset, length);
            }
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, boolean last) throws IOException {
            firstSpool.piece(bytes, offset, length, last);
            growing.add(bytes, offset, length);
            if (last) {
                if (counts.take(growing.end()) == wanted) {
                    firstSpool.replay(rest);
                }
                firstSpool.clear();
            }
        }
    }
}
