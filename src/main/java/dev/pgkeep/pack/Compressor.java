package dev.pgkeep.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** One thread's zstd: a context and room for what it makes, both reused. */
final class Compressor implements AutoCloseable {
    private static final int LARGEST_KEPT = 16 << 20;

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private byte[] room = new byte[0];

    Compressor(int level) {
        context.setLevel(level);
    }

    /** Compresses into {@link #room}; -1 when the chunk would not become smaller. */
    int compress(byte[] chunk, int offset, int length) {
        int bound = Math.toIntExact(Zstd.compressBound(length));
        if (room.length < bound || room.length > LARGEST_KEPT) {
            room = new byte[bound];
        }
        int stored = context.compressByteArray(room, 0, room.length, chunk, offset, length);
        return stored < length ? stored : -1;
    }

    byte[] room() {
        return room;
    }

    @Override
    public void close() {
        context.close();
    }
}
