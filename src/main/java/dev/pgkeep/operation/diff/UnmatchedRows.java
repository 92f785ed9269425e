package dev.pgkeep.operation.diff;

import com.dynatrace.hash4j.hashing.HashValue128;
import dev.pgkeep.base.progress.Cancellation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows of both sides that were not found in the same place, to be matched by key. Held in memory while they are few;
 * else they are dealt out to temporary files by the hash of their key, and those are matched one by one.
 */
final class UnmatchedRows implements AutoCloseable {
    private static final int BITS = 5;
    private static final int DEEPEST = 8;
    private static final int OVERHEAD = 150;
    private static final int HEAD = 1 + 2 * Long.BYTES + Integer.BYTES;

    /** The side that a row is from. */
    enum From {
        FIRST,
        SECOND
    }

    private record Entry(From from, HashValue128 key, byte[] row) {}

    private final int columns;
    private final RowKey key;
    private final WideValues wide;
    private final int depth;
    private final long budget;
    private final Cancellation cancellation;
    private final List<Entry> entries = new ArrayList<>();
    private SpillFile @Nullable [] files;
    private long held;

    /**
     * @param key by which rows are matched
     * @param wide where wide values of the rows are
     * @param budget bytes that may be held
     */
    UnmatchedRows(int columns, RowKey key, WideValues wide, long budget, Cancellation cancellation) {
        this(columns, key, wide, budget, 0, cancellation);
    }

    private UnmatchedRows(int columns, RowKey key, WideValues wide, long budget, int depth, Cancellation cancellation) {
        this.columns = columns;
        this.key = key;
        this.wide = wide;
        this.budget = budget;
        this.depth = depth;
        this.cancellation = cancellation;
    }

    void add(From from, byte[] row) {
        add(new Entry(from, key.of(new Row(row, columns, wide)), row));
    }

    private void add(Entry entry) {
        if (files == null) {
            entries.add(entry);
            held += entry.row.length + OVERHEAD;
            if (held > budget && depth < DEEPEST) {
                spill();
            }
        } else {
            write(files, entry);
        }
    }

    /** Matches all of them. */
    void match(RowChanges changes) {
        if (files == null) {
            matchHeld(changes);
            return;
        }
        for (SpillFile file : files) {
            cancellation.check();
            try (UnmatchedRows part = new UnmatchedRows(columns, key, wide, budget, depth + 1, cancellation)) {
                read(file, part);
                file.close();
                part.match(changes);
            }
        }
    }

    @Override
    public void close() {
        if (files != null) {
            for (SpillFile file : files) {
                file.close();
            }
        }
    }

    private void spill() {
        SpillFile[] made = new SpillFile[1 << BITS];
        for (int i = 0; i < made.length; i++) {
            made[i] = new SpillFile();
        }
        files = made;
        entries.forEach(entry -> write(made, entry));
        entries.clear();
        held = 0;
    }

    private void write(SpillFile[] to, Entry entry) {
        HashValue128 hash = entry.key;
        int which = (int) (hash.getMostSignificantBits() >>> (Long.SIZE - BITS * (depth + 1))) & (1 << BITS) - 1;
        byte[] head = ByteBuffer.allocate(HEAD)
                .put((byte) entry.from.ordinal())
                .putLong(hash.getMostSignificantBits())
                .putLong(hash.getLeastSignificantBits())
                .putInt(entry.row.length)
                .array();
        to[which].append(head, 0, HEAD);
        to[which].append(entry.row, 0, entry.row.length);
    }

    private static void read(SpillFile file, UnmatchedRows into) {
        byte[] head = new byte[HEAD];
        for (long at = 0; at < file.size(); ) {
            file.read(at, head, 0, HEAD);
            ByteBuffer fields = ByteBuffer.wrap(head);
            From from = From.values()[fields.get()];
            HashValue128 key = new HashValue128(fields.getLong(), fields.getLong());
            byte[] row = new byte[fields.getInt()];
            file.read(at + HEAD, row, 0, row.length);
            into.add(new Entry(from, key, row));
            at += HEAD + row.length;
        }
    }

    private void matchHeld(RowChanges changes) {
        Map<HashValue128, List<Entry>> byKey = new LinkedHashMap<>();
        for (Entry entry : entries) {
            List<Entry> same = byKey.computeIfAbsent(entry.key, each -> new ArrayList<>(2));
            if (!key.isWholeRow() || !cancel(same, entry.from)) {
                same.add(entry);
            }
        }
        entries.clear();
        for (List<Entry> same : byKey.values()) {
            List<Row> first = rows(same, From.FIRST);
            List<Row> second = rows(same, From.SECOND);
            if (first.size() + second.size() > 2 && !key.isWholeRow()) {
                compareSame(first, second, changes);
            }
            int pairs = Math.min(first.size(), second.size());
            for (int i = 0; i < pairs; i++) {
                compare(first.get(i), second.get(i), changes);
            }
            first.subList(pairs, first.size()).forEach(changes::removed);
            second.subList(pairs, second.size()).forEach(changes::added);
        }
    }

    /** Where several keys are alike, first those that are written the same. */
    private void compareSame(List<Row> first, List<Row> second, RowChanges changes) {
        first.removeIf(row -> {
            Optional<Row> same =
                    second.stream().filter(other -> key.isSame(row, other)).findFirst();
            same.ifPresent(other -> {
                second.remove(other);
                compare(row, other, changes);
            });
            return same.isPresent();
        });
    }

    /** Cancels a row without a key against the same one of the other side. */
    private static boolean cancel(List<Entry> same, From from) {
        if (!same.isEmpty() && same.getLast().from != from) {
            same.removeLast();
            return true;
        }
        return false;
    }

    private List<Row> rows(List<Entry> same, From from) {
        return same.stream()
                .filter(entry -> entry.from == from)
                .map(entry -> new Row(entry.row, columns, wide))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void compare(Row first, Row second, RowChanges changes) {
        BitSet different = new BitSet();
        for (int i = 0; i < columns; i++) {
            if (!first.isSame(i, second, i)) {
                different.set(i);
            }
        }
        if (!different.isEmpty()) {
            changes.changed(first, second, different);
        }
    }
}
