package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.format.columnar.RowEncoder;
import dev.pgkeep.format.columnar.RowFragment;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.columnar.RowHasher;
import dev.pgkeep.format.columnar.RowPlaces;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.PlacedRows;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.RowChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one extent on their way into chunks. Chunks are cut by the bytes of rows since the extent began, so that
 * the same extent gives the same chunks.
 */
final class ExtentWriter implements PlacedRows {
    /**
     * Bytes of rows after which a chunk ends: twice the blocks, so that only values outside of them make a second one
     * necessary. Those are cut in pieces as the extent is, small at a table's beginning, but not so small that zstd has
     * nothing to go by.
     */
    private static final int BYTES_A_BLOCK = 16 << 10;

    private static final long LEAST = 1 << 20;

    private final RowStore store;
    private final ParentExtents.OfTable earlier;
    private final RowEncoder encoder;
    private RowHasher hasher = new RowHasher();
    private final List<RowChunk> chunks = new ArrayList<>();
    private final List<ChunkTotals> tallies;
    private long limit = LEAST;
    private Optional<Extent> before = Optional.empty();
    private long[] places = new long[1024];
    private int placed;
    private boolean ordered = true;
    private boolean kept;
    private long first;

    /**
     * Writes the extents of one table, one after the other.
     *
     * @param encoder has it for itself meanwhile
     */
    ExtentWriter(
            CopyTable table,
            RowEncoder encoder,
            RowStore store,
            ParentExtents.OfTable earlier,
            List<ChunkTotals> tallies) {
        this.store = store;
        this.earlier = earlier;
        this.tallies = tallies;
        this.encoder = encoder;
        encoder.begin(
                table.format(),
                table.columns().stream().map(CopyTable.CopyColumn::hint).toList());
    }

    /** Begins a range: what comes next are its rows. */
    void begin(BlockRange range) {
        limit = Math.max(LEAST, (long) range.blocks() * BYTES_A_BLOCK);
        before = earlier.at(range);
        first = range.first() << RowPlaces.POINTER_BITS;
        placed = 0;
        ordered = true;
    }

    @Override
    public void at(long place) {
        if (placed == places.length) {
            places = Arrays.copyOf(places, 2 * placed);
        }
        ordered &= placed == 0 || place - first > places[placed - 1];
        places[placed++] = place - first;
    }

    /** Where the rows lie, as {@link RowPlaces} packs it; nothing where they did not come in the order of the heap. */
    byte[] places() {
        return ordered ? RowPlaces.pack(places, placed) : new byte[0];
    }

    /**
     * Whether the chunks of the extent are those of the backup before: they hold the same rows, but perhaps in another
     * order.
     */
    boolean isKept() {
        return kept;
    }

    @Override
    public void row(byte[] bytes, int offset, int length) {
        hasher.add(bytes, offset, length);
        if (encoder.rows() > 0 && encoder.bytes() + length > limit) {
            flush();
        }
        encoder.add(bytes, offset, length);
    }

    @Override
    public void piece(byte[] bytes, int offset, int length, boolean last) {
        flush();
        hasher.piece(bytes, offset, length, last);
        byte[] chunk = RowFragment.chunk(bytes, offset, length, last);
        chunks.add(put(chunk, 0, chunk.length, new int[0]));
    }

    /** The extent that was read: everything since the last call. */
    Extent extent(BlockRange range) {
        RowHash content = hasher.total();
        kept = isKept(content);
        if (!kept) {
            flush();
        }
        Extent extent = new Extent(range.first(), range.blocks(), content, chunks);
        hasher = new RowHasher();
        chunks.clear();
        return extent;
    }

    /**
     * Whether the chunks of these rows are there: the same rows as in the backup before need not be packed to find
     * that.
     */
    private boolean isKept(RowHash content) {
        Optional<List<RowStore.Stored>> kept = before.filter(extent -> chunks.isEmpty() && encoder.rows() > 0)
                .filter(extent -> extent.content().equals(content))
                .flatMap(extent -> store.kept(extent.chunks()));
        if (kept.isEmpty()) {
            return false;
        }
        encoder.clear();
        kept.get().forEach(stored -> chunks.add(tallied(stored)));
        return true;
    }

    private void flush() {
        if (encoder.rows() > 0) {
            chunks.add(encoder.chunk(this::put));
        }
    }

    private RowChunk put(byte[] chunk, int offset, int length, int[] seams) {
        int at = chunks.size();
        Optional<RowChunk> earlier =
                before.map(Extent::chunks).filter(each -> at < each.size()).map(each -> each.get(at));
        return tallied(store.put(earlier, chunk, offset, length, seams));
    }

    private RowChunk tallied(RowStore.Stored stored) {
        tallies.forEach(tally -> tally.add(stored.added(), stored.length()));
        return stored.chunk();
    }
}
