package dev.pgkeep.repository.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Optional;

/** The stored form of a chunk back to its bytes. A chunk as long as its stored form is not compressed. */
final class StoredChunk {
    private StoredChunk() {}

    /** The bytes of a chunk, if they are what its id stands for. */
    static Optional<byte[]> decode(ChunkId id, byte[] bytes, int offset, int stored, int length) {
        if (stored < 0 || length < stored || offset < 0 || bytes.length - offset < stored) {
            return Optional.empty();
        }
        byte[] chunk = new byte[length];
        if (stored == length) {
            System.arraycopy(bytes, offset, chunk, 0, length);
        } else if (!decompress(chunk, bytes, offset, stored)) {
            return Optional.empty();
        }
        return ChunkId.hash(chunk, 0, length).equals(id) ? Optional.of(chunk) : Optional.empty();
    }

    private static boolean decompress(byte[] chunk, byte[] bytes, int offset, int stored) {
        try {
            long size = Zstd.decompressByteArray(chunk, 0, chunk.length, bytes, offset, stored);
            return size == chunk.length;
        } catch (ZstdException e) {
            return false;
        }
    }
}
