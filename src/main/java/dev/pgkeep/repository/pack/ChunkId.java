package dev.pgkeep.repository.pack;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.Sha256;
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

    /**
     * Reads 64 hexadecimal digits.
     *
     * @throws PgkeepException BACKUP_DAMAGED when it is something else
     */
    public static ChunkId of(String hex) {
        try {
            if (hex.length() == 2 * BYTES) {
                return of(HexFormat.of().parseHex(hex), 0);
            }
        } catch (IllegalArgumentException e) {
            // No digits.
        }
        throw new PgkeepException(
                ErrorCode.BACKUP_DAMAGED,
                "its metadata is damaged: " + hex + " is no id of a chunk",
                "choose another backup: pgkeep list");
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
