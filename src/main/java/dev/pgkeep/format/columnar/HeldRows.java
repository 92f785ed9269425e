package dev.pgkeep.format.columnar;

import java.io.IOException;
import java.util.Arrays;

/** The rows of one chunk, each by its number: as many bytes as they have, and four for each. */
public final class HeldRows implements RowConsumer {
    private final Output out = new Output();
    private int[] ends = new int[256];
    private int count;

    /** No rows. */
    public static HeldRows none() {
        return new HeldRows();
    }

    /**
     * The rows of a chunk.
     *
     * @throws dev.pgkeep.base.error.PgkeepException CHUNK_DAMAGED when it does not decode, or has pieces of rows
     */
    public static HeldRows of(byte[] chunk, RowDecoder decoder) {
        HeldRows held = new HeldRows();
        RowCutter cutter = new RowCutter(RowEncoder.format(chunk), held);
        try {
            int rows = decoder.decode(chunk, 0, chunk.length, cutter);
            Damage.unless(rows == held.count, "its rows do not end where they should");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return held;
    }

    @Override
    public void row(byte[] bytes, int offset, int length) {
        out.put(bytes, offset, length);
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = out.size;
    }

    @Override
    public void piece(byte[] bytes, int offset, int length, boolean last) {
        throw Damage.of("it holds a piece of a row");
    }

    /** How many. */
    public int count() {
        return count;
    }

    /** The array that holds them all; valid until the next row comes. */
    public byte[] bytes() {
        return out.bytes;
    }

    /** The position where a row begins. */
    public int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** The bytes of a row. */
    public int length(int row) {
        return ends[row] - start(row);
    }

    /** Forgets them, and keeps the room. */
    public void clear() {
        out.size = 0;
        count = 0;
    }
}
