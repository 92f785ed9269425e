package dev.pgkeep.pack;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** SHA-256 of a chunk's bytes before compression, as four big-endian numbers. */
public record ChunkId(long a, long b, long c, long d) implements Comparable<ChunkId> {
    public static final int BYTES = 32;

    /** Reads 32 bytes. */
    public static ChunkId of(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, BYTES);
        return new ChunkId(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** Reads 64 hexadecimal digits. */
    public static ChunkId of(String hex) {
        return of(HexFormat.of().parseHex(hex), 0);
    }

    /** The id of a chunk with these bytes. */
    public static ChunkId hash(byte[] chunk, int offset, int length) {
        return of(Sha256.of(chunk, offset, length), 0);
    }

    public void put(ByteBuffer target) {
        target.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    public String hex() {
        return String.format("%016x%016x%016x%016x", a, b, c, d);
    }

    @Override
    public int compareTo(ChunkId other) {
        int order = Long.compareUnsigned(a, other.a);
        order = order != 0 ? order : Long.compareUnsigned(b, other.b);
        order = order != 0 ? order : Long.compareUnsigned(c, other.c);
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public String toString() {
        return hex();
    }
}
