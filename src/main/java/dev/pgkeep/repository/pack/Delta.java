package dev.pgkeep.repository.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.pgkeep.base.error.PgkeepException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Chunks that tell how another chunk differs from a third, its base: a zstd frame whose dictionary is the base. See
 * docs/chunked-format.md. An instance makes them, for one thread.
 */
public final class Delta implements AutoCloseable {
    /** First byte of such a chunk. */
    private static final byte KIND = 5;

    private static final int HEAD = 1 + Integer.BYTES;

    /**
     * The most bytes of a base or a chunk; above that no delta is made: base, chunk and zstd's tables are all in memory
     * at once.
     */
    public static final int LARGEST = 8 << 20;

    /**
     * The level of zstd, as measured: after one in a hundred rows of bench's large table was updated all over it, the
     * second backup took of the first 10.4 % with level 3, 10.3 % with level 7; level 1 finds less than half of what is
     * common.
     */
    private static final int LEVEL = 3;

    private static final int LEAST_WINDOW = 1 << 10;
    /** 4 bytes for each of 2^20 places, twice. */
    private static final int MOST_PLACES = 20;

    private final ZstdCompressCtx context = new ZstdCompressCtx();

    /**
     * The delta that makes a chunk of the base; empty when that would take more bytes than it may, or either is too
     * large.
     *
     * @param most bytes that it may take
     */
    public Optional<byte[]> between(byte[] base, byte[] chunk, int offset, int length, int most) {
        if (base.length > LARGEST || length > LARGEST || most <= HEAD) {
            return Optional.empty();
        }
        byte[] delta = new byte[most];
        ByteBuffer.wrap(delta).put(KIND).putInt(length);
        try {
            tune(base.length + length);
            context.loadDict(base);
            int size = context.compressByteArray(delta, HEAD, most - HEAD, chunk, offset, length);
            return Optional.of(Arrays.copyOf(delta, HEAD + size));
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void tune(int bytes) {
        context.reset();
        context.setLevel(LEVEL);
        int log = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(bytes, LEAST_WINDOW) - 1);
        // As far back as the base begins, and places for as much of it as may be.
        context.setWindowLog(log);
        context.setHashLog(Math.min(log, MOST_PLACES));
        context.setChainLog(Math.min(log, MOST_PLACES));
    }

    /**
     * The chunk that a delta makes of its base.
     *
     * @throws PgkeepException CHUNK_DAMAGED when it does not make the one with that id
     */
    public static byte[] apply(byte[] base, byte[] delta, ChunkId id) {
        return made(base, delta)
                .filter(chunk -> ChunkId.hash(chunk, 0, chunk.length).equals(id))
                .orElseThrow(() -> Damage.unreadable(id, List.of("its delta does not make it of its base")));
    }

    private static Optional<byte[]> made(byte[] base, byte[] delta) {
        if (delta.length < HEAD || delta[0] != KIND) {
            return Optional.empty();
        }
        int length = ByteBuffer.wrap(delta).getInt(1);
        if (length < 0 || length > LARGEST) {
            return Optional.empty();
        }
        byte[] chunk = new byte[length];
        try {
            long size = Zstd.decompressUsingDict(chunk, 0, delta, HEAD, delta.length - HEAD, base);
            return size == length ? Optional.of(chunk) : Optional.empty();
        } catch (ZstdException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
