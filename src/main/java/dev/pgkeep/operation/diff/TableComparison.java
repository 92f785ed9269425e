package dev.pgkeep.operation.diff;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.diff.UnmatchedRows.From;
import dev.pgkeep.repository.contents.TableContents.Column;
import dev.pgkeep.repository.contents.rows.TextFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private final Metered.Meter meter;
    private final WideValues wide = new WideValues();
    private final UnmatchedRows leftovers;
    private final Spool firstSpool = new Spool();
    private final Spool secondSpool = new Spool();
    private final Map<Origin, RowTexts> texts = new LinkedHashMap<>();

    private record Origin(From from, TableName leaf) {}

    /** @param meter told of every row that was read */
    TableComparison(
            TablePair pair,
            DiffSide first,
            DiffSide second,
            long budget,
            Cancellation cancellation,
            Metered.Meter meter) {
        this.pair = pair;
        this.first = first;
        this.second = second;
        this.cancellation = cancellation;
        this.meter = meter;
        this.leftovers = new UnmatchedRows(
                pair.columns().size(), new RowKey(pair.key(), pair.forms()), wide, budget, cancellation);
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
            for (RowTexts each : texts.values()) {
                each.end();
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

    /** Takes all rows of a run as left over. */
    private void take(From from, Leaf leaf, Leaf.Part part) throws IOException {
        cancellation.check();
        part.read(metered(texts(from, leaf)));
    }

    private void compare(Leaf leaf, Leaf.Part part, Leaf other, Leaf.Part opposite) throws IOException {
        cancellation.check();
        if (opposite.isUnchanged()) {
            return;
        }
        if (part.content().filter(each -> each.rows() > MOST_HASHES).isPresent()) {
            // A table that cannot be read by blocks comes as one run.
            take(From.FIRST, leaf, part);
            take(From.SECOND, other, opposite);
            return;
        }
        HashCounts counts = new HashCounts();
        Hashing hashing = new Hashing(secondSpool, counts);
        secondSpool.clear();
        opposite.read(metered(hashing));
        if (part.content().isPresent() && part.content().get().equals(hashing.content())) {
            return;
        }
        part.read(metered(Cancelling.others(counts, texts(From.FIRST, leaf), firstSpool)));
        if (!counts.isEmpty()) {
            secondSpool.replay(Cancelling.counted(counts, texts(From.SECOND, other), firstSpool));
        }
    }

    private RowTexts texts(From from, Leaf leaf) {
        return texts.computeIfAbsent(new Origin(from, leaf.name()), each -> {
            int[] places = leaf.columns().stream()
                    .map(Column::name)
                    .mapToInt(pair.columns()::indexOf)
                    .toArray();
            DiffSide side = from == From.FIRST ? first : second;
            RowBuilder builder = new RowBuilder(
                    places, pair.columns().size(), side.charset(), wide.file(), row -> leftovers.add(from, row));
            return new RowTexts(leaf, side, new TextFields(places.length, builder));
        });
    }

    private RowConsumer metered(RowConsumer taker) {
        return new Metered(meter, taker);
    }
}
