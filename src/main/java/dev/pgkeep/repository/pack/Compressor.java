package dev.pgkeep.repository.pack;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The zstd of one thread: a context and room for what goes in and comes out, all reused. The room lies outside of the
 * heap: zstd would hold up garbage collection while it reads arrays.
 */
final class Compressor implements AutoCloseable {
    private static final int LARGEST_KEPT = 16 << 20;

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final int level;
    private ByteBuffer source = ByteBuffer.allocateDirect(0);
    private ByteBuffer target = ByteBuffer.allocateDirect(0);

    Compressor(int level) {
        this.level = level;
    }

    /**
     * Compresses a chunk; empty when it would not become smaller.
     *
     * @param seams places in the chunk, ascending, where bytes of another kind begin: there a block of the frame ends,
     *     so that each kind has codes of its own
     * @return valid until the next call
     */
    Optional<ByteBuffer> compress(byte[] chunk, int offset, int length, int[] seams) {
        source = room(source, length);
        // Room for a frame as long as the chunk: a longer one is of no use.
        target = room(target, length);
        source.put(chunk, offset, length).flip();
        context.reset();
        context.setLevel(level);
        context.setPledgedSrcSize(length);
        for (int seam : seams) {
            source.limit(seam);
            if (!took(EndDirective.FLUSH)) {
                return Optional.empty();
            }
        }
        source.limit(length);
        return took(EndDirective.END) && target.flip().remaining() < length ? Optional.of(target) : Optional.empty();
    }

    /** False when there is no room any more. */
    private boolean took(EndDirective directive) {
        while (!context.compressDirectByteBufferStream(target, source, directive)) {
            if (!target.hasRemaining()) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer room(ByteBuffer known, int length) {
        return known.capacity() < length || known.capacity() > LARGEST_KEPT
                ? ByteBuffer.allocateDirect(length)
                : known.clear();
    }

    @Override
    public void close() {
        context.close();
    }
}
