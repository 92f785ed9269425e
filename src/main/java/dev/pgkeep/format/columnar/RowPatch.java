package dev.pgkeep.format.columnar;

import java.io.IOException;
import java.util.Arrays;

/**
 * Chunks of kind 6: what became of the rows of another chunk, of which some are gone, and between which others came.
 *
 * <p>Bytes: kind, version, number of rows of the other chunk; how many are gone, and of each the rows passed over
 * before it; how many came, and of each the rows that stay before it, counted from the one that came before; then these
 * rows as a chunk of their own, unless there are none. Numbers have seven bits a byte, the lowest first.
 *
 * @param base rows of the other chunk
 * @param gone which of its rows are gone, counted from 0, ascending
 * @param before for each row that came: how many rows that stay lie before it; ascending
 * @param rows the rows that came, in their order, as {@link RowEncoder} packs them; empty where there are none
 */
public record RowPatch(int base, int[] gone, int[] before, byte[] rows) {
    /** First byte of such a chunk. */
    static final byte KIND = 6;

    private static final int VERSION = 1;

    /** Whether a chunk is one of these. */
    public static boolean is(byte[] chunk) {
        return chunk.length > 0 && chunk[0] == KIND;
    }

    /** The chunk, byte by byte. */
    public byte[] chunk() {
        Output out = new Output(64 + 2 * (gone.length + before.length) + rows.length);
        out.put(KIND);
        out.put(VERSION);
        out.putUnsigned(base);
        out.putUnsigned(gone.length);
        int next = 0;
        for (int each : gone) {
            out.putUnsigned(each - next);
            next = each + 1;
        }
        out.putUnsigned(before.length);
        int last = 0;
        for (int each : before) {
            out.putUnsigned(each - last);
            last = each;
        }
        out.put(rows, 0, rows.length);
        return Arrays.copyOf(out.bytes, out.size);
    }

    /**
     * Reads such a chunk.
     *
     * @throws dev.pgkeep.base.error.PgkeepException CHUNK_DAMAGED when it is none
     */
    public static RowPatch of(byte[] chunk) {
        Input in = new Input(chunk, 0, chunk.length);
        Damage.unless(in.next() == KIND, "it is of an unknown kind");
        Damage.unless(in.next() == VERSION, "it is of a newer version");
        int base = in.upTo(Limits.CHUNK_ROWS);
        int[] gone = new int[in.upTo(Math.min(base, in.left()))];
        int next = 0;
        for (int i = 0; i < gone.length; i++) {
            gone[i] = next + in.upTo(base - 1L - next);
            next = gone[i] + 1;
        }
        int stay = base - gone.length;
        int[] before = new int[in.upTo(Math.min(Limits.CHUNK_ROWS, in.left()))];
        int last = 0;
        for (int i = 0; i < before.length; i++) {
            before[i] = last + in.upTo((long) stay - last);
            last = before[i];
        }
        int length = in.left();
        int offset = in.skip(length);
        return new RowPatch(base, gone, before, Arrays.copyOfRange(in.bytes, offset, offset + length));
    }

    /** The number of rows that there are now. */
    public int count() {
        return base - gone.length + before.length;
    }

    /**
     * Gives the rows as they are now, out of those of the other chunk.
     *
     * @param other the other chunk, of whole rows
     * @throws dev.pgkeep.base.error.PgkeepException CHUNK_DAMAGED when they do not fit
     */
    public int apply(byte[] other, RowDecoder decoder, RowSink sink) throws IOException {
        HeldRows came = before.length == 0 ? HeldRows.none() : HeldRows.of(rows, decoder);
        Damage.unless(came.count() == before.length, "it has not the rows that it tells of");
        Merge merge = new Merge(came, sink);
        RowCutter cutter = new RowCutter(RowEncoder.format(other), merge);
        int found = decoder.decode(other, 0, other.length, cutter);
        Damage.unless(found == base && merge.ordinal == base, "it is of a chunk with another number of rows");
        merge.end();
        return count();
    }

    /** Passes on rows that stay, and those that came between them, many at a time. */
    private final class Merge implements RowConsumer {
        private static final int FULL = 1 << 16;

        private final HeldRows came;
        private final RowSink sink;
        private final Output out = new Output(2 * FULL);
        private int ordinal;
        private int passed;
        private int nextGone;
        private int nextCame;

        Merge(HeldRows came, RowSink sink) {
            this.came = came;
            this.sink = sink;
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            if (nextGone < gone.length && gone[nextGone] == ordinal) {
                nextGone++;
            } else {
                came();
                put(bytes, offset, length);
                passed++;
            }
            ordinal++;
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, boolean last) {
            throw Damage.of("it is of a chunk that does not hold whole rows");
        }

        private void came() {
            while (nextCame < before.length && before[nextCame] == passed) {
                put(came.bytes(), came.start(nextCame), came.length(nextCame));
                nextCame++;
            }
        }

        void end() throws IOException {
            came();
            flush();
        }

        private void put(byte[] bytes, int offset, int length) {
            out.put(bytes, offset, length);
            if (out.size >= FULL) {
                try {
                    flush();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }

        private void flush() throws IOException {
            if (out.size > 0) {
                sink.rows(out.bytes, 0, out.size);
            }
            out.size = 0;
        }
    }
}
