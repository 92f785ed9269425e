package dev.pgkeep.pack;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/** One thread's zstd: a context and room for what goes in and comes out, all reused. */
final class Compressor implements AutoCloseable {
    private static final int LARGEST_KEPT = 16 << 20;

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final int level;
    // Outside of the heap: zstd would hold up garbage collection while it reads arrays.
    private ByteBuffer source = ByteBuffer.allocateDirect(0);
    private ByteBuffer target = ByteBuffer.allocateDirect(0);
    private byte[] room = new byte[0];

    Compressor(int level) {
        this.level = level;
    }

    /**
     * Compresses into {@link #room}; -1 when the chunk would not become smaller.
     *
     * @param seams places in the chunk, ascending, where bytes of another kind begin: there a block of the frame ends,
     *     so that each kind has codes of its own
     */
    int compress(byte[] chunk, int offset, int length, int[] seams) {
        makeRoom(length, Math.toIntExact(Zstd.compressBound(length)) + seams.length * Integer.BYTES);
        source.clear().put(chunk, offset, length).flip();
        target.clear();
        context.reset();
        context.setLevel(level);
        context.setPledgedSrcSize(length);
        for (int seam : seams) {
            source.limit(seam);
            compress(EndDirective.FLUSH);
        }
        source.limit(length);
        compress(EndDirective.END);
        int stored = target.flip().remaining();
        if (stored >= length) {
            return -1;
        }
        target.get(room, 0, stored);
        return stored;
    }

    private void compress(EndDirective directive) {
        while (!context.compressDirectByteBufferStream(target, source, directive)) {
            if (!target.hasRemaining()) {
                throw new IllegalStateException("zstd needs more room than it says");
            }
        }
    }

    private void makeRoom(int length, int bound) {
        if (source.capacity() < length || source.capacity() > LARGEST_KEPT) {
            source = ByteBuffer.allocateDirect(length + (length >> 2));
        }
        if (target.capacity() < bound || target.capacity() > LARGEST_KEPT) {
            target = ByteBuffer.allocateDirect(bound + (bound >> 2));
        }
        if (room.length < length || room.length > LARGEST_KEPT) {
            room = new byte[length + (length >> 2)];
        }
    }

    byte[] room() {
        return room;
    }

    @Override
    public void close() {
        context.close();
    }
}
