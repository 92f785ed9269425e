package dev.pgkeep.repository.contents;

import dev.pgkeep.repository.pack.ChunkId;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Bytes being written, with numbers of seven bits a byte, the lowest first; and how they are read back.
 *
 * <p>Numbers in columns look the same and have code of their own in {@code format.columnar}: it goes straight to an
 * array, for every value of every row, takes all 64 bits, and calls damage by another code.
 */
final class VarBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    int length() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    void octet(int value) {
        out.write(value);
    }

    /** A number that is not negative. */
    void number(long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    void fixed(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.writeBytes(bytes);
    }

    void id(ChunkId id) {
        fixed(id.a());
        fixed(id.b());
        fixed(id.c());
        fixed(id.d());
    }

    static ChunkId id(ByteBuffer in) {
        return new ChunkId(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has too many bytes");
    }

    static String text(ByteBuffer in) {
        long length = number(in);
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
