package dev.pgkeep.operation.backup.chunked;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Cuts a stream where its content says so, so that what follows an insertion is cut as before: a gear hash over the
 * last 64 bytes decides (Xia et al., FastCDC, USENIX ATC 2016). Pieces have 64 KB to 1 MB, about 256 KB on average.
 *
 * <p>The first piece is short and of fixed length: an archive of pg_dump begins with the time it was made, and nothing
 * else of it changes from one backup to the next.
 */
final class ContentDefinedChunker extends OutputStream {
    /** First byte of such a chunk. */
    static final byte KIND = 4;

    private static final int FIRST = 64;
    private static final int SHORTEST = 64 << 10;
    private static final int LONGEST = 1 << 20;
    private static final long MASK = ((1L << 18) - 1) << 46;
    private static final long[] GEAR = gear();

    private final Pieces pieces;
    private final byte[] piece = new byte[1 + LONGEST];
    private int length = 1;
    private long hash;
    private boolean first = true;
    private boolean isComplete;

    /** Takes one piece: its kind, and the bytes of the stream. The bytes are valid only during the call. */
    @FunctionalInterface
    interface Pieces {
        void take(byte[] bytes, int length);
    }

    ContentDefinedChunker(Pieces pieces) {
        this.pieces = pieces;
        piece[0] = KIND;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int end = offset + count;
        int from = offset;
        while (from < end) {
            int cut = cut(bytes, from, end);
            System.arraycopy(bytes, from, piece, length, cut - from);
            length += cut - from;
            from = cut;
            if (isComplete) {
                flushPiece();
            }
        }
    }

    /** The position where the piece ends, or the end of what there is; tells in {@link #isComplete} which of them. */
    private int cut(byte[] bytes, int from, int end) {
        isComplete = true;
        if (first) {
            int wanted = from + FIRST - (length - 1);
            isComplete = wanted <= end;
            return Math.min(wanted, end);
        }
        int most = Math.min(end, from + LONGEST - (length - 1));
        long rolling = hash;
        for (int i = from; i < most; i++) {
            rolling = (rolling << 1) + GEAR[bytes[i] & 0xff];
            if ((rolling & MASK) == 0 && length - 1 + i + 1 - from >= SHORTEST) {
                return i + 1;
            }
        }
        hash = rolling;
        isComplete = length - 1 + most - from >= LONGEST;
        return most;
    }

    private void flushPiece() {
        pieces.take(piece, length);
        length = 1;
        hash = 0;
        first = false;
        isComplete = false;
    }

    /** Gives out the last piece. */
    @Override
    public void close() {
        if (length > 1) {
            flushPiece();
        }
    }

    /** 256 numbers of SplitMix64 that must never change: they decide where pieces end. */
    private static long[] gear() {
        long[] gear = new long[256];
        long state = 0x706767656570L;
        for (int i = 0; i < gear.length; i++) {
            state += 0x9e3779b97f4a7c15L;
            long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            gear[i] = mixed ^ (mixed >>> 31);
        }
        return Arrays.copyOf(gear, gear.length);
    }
}
