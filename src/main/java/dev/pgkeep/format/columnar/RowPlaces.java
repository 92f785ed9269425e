package dev.pgkeep.format.columnar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chunks of kind 7: where in the heap the rows of extents lie, in the order in which the chunks of the extents hold
 * them. Tells later which of them are still there.
 *
 * <p>A place is {@code block << 16 | line pointer}, the block counted from the first one of its extent. Bytes: kind,
 * version; for each extent the number of bytes that follow for it; then for each block with rows: blocks passed over,
 * number of runs, and of each run of line pointers how many are passed over before it and its length less one. Numbers
 * have seven bits a byte, the lowest first.
 */
public final class RowPlaces {
    /** First byte of such a chunk. */
    static final byte KIND = 7;

    /** Bits of a place that are the line pointer. */
    public static final int POINTER_BITS = 16;

    private static final int VERSION = 1;
    private static final int POINTERS = 1 << POINTER_BITS;
    private static final int HEADER = 2;

    private RowPlaces() {}

    /**
     * The places of one extent, packed.
     *
     * @param places ascending
     * @throws IllegalArgumentException when they are not
     */
    public static byte[] pack(long[] places, int count) {
        Output out = new Output(64 + count / 8);
        long nextBlock = 0;
        int at = 0;
        while (at < count) {
            long block = places[at] >>> POINTER_BITS;
            int end = at;
            int runs = 0;
            while (end < count && places[end] >>> POINTER_BITS == block) {
                if (end > 0 && places[end] <= places[end - 1]) {
                    throw new IllegalArgumentException("places out of order");
                }
                runs += end == at || places[end] != places[end - 1] + 1 ? 1 : 0;
                end++;
            }
            if (block < nextBlock) {
                throw new IllegalArgumentException("places out of order");
            }
            out.putUnsigned(block - nextBlock);
            out.putUnsigned(runs);
            putRuns(places, at, end, out);
            nextBlock = block + 1;
            at = end;
        }
        return Arrays.copyOf(out.bytes, out.size);
    }

    private static void putRuns(long[] places, int from, int end, Output out) {
        int next = 0;
        for (int at = from; at < end; ) {
            int stop = at + 1;
            while (stop < end && places[stop] == places[stop - 1] + 1) {
                stop++;
            }
            int first = (int) (places[at] & POINTERS - 1);
            out.putUnsigned(first - next);
            out.putUnsigned(stop - at - 1);
            next = first + stop - at;
            at = stop;
        }
    }

    /**
     * The places that {@link #pack} packed.
     *
     * @param most as many as there may be
     * @throws dev.pgkeep.base.error.PgkeepException CHUNK_DAMAGED when they do not unpack
     */
    public static long[] unpack(byte[] packed, int most) {
        Input in = new Input(packed, 0, packed.length);
        long[] places = new long[most];
        int count = 0;
        long nextBlock = 0;
        while (in.left() > 0) {
            long block = nextBlock + in.upTo(Integer.MAX_VALUE);
            int next = 0;
            for (int runs = in.upTo(POINTERS); runs > 0; runs--) {
                int first = next + in.upTo(POINTERS - 1L - next);
                int length = 1 + in.upTo(POINTERS - 1L - first);
                Damage.unless(length <= most - count, "it has more places than rows");
                for (int i = 0; i < length; i++) {
                    places[count++] = block << POINTER_BITS | first + i;
                }
                next = first + length;
                Damage.unless(next < POINTERS || runs == 1, "its line pointers do not end");
            }
            nextBlock = block + 1;
        }
        return count == most ? places : Arrays.copyOf(places, count);
    }

    /** The chunk for several extents, each packed. */
    public static byte[] chunk(List<byte[]> extents) {
        Output out = new Output();
        out.put(KIND);
        out.put(VERSION);
        for (byte[] extent : extents) {
            out.putUnsigned(extent.length);
            out.put(extent, 0, extent.length);
        }
        return Arrays.copyOf(out.bytes, out.size);
    }

    /**
     * The extents of such a chunk, each packed.
     *
     * @throws dev.pgkeep.base.error.PgkeepException CHUNK_DAMAGED when it is none
     */
    public static List<byte[]> extents(byte[] chunk) {
        Input in = new Input(chunk, 0, chunk.length);
        Damage.unless(chunk.length >= HEADER && in.next() == KIND, "it is of an unknown kind");
        Damage.unless(in.next() == VERSION, "it is of a newer version");
        List<byte[]> extents = new ArrayList<>();
        while (in.left() > 0) {
            int length = in.upTo(in.left());
            int offset = in.skip(length);
            extents.add(Arrays.copyOfRange(chunk, offset, offset + length));
        }
        return extents;
    }
}
