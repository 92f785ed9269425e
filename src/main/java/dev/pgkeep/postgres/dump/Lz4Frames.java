package dev.pgkeep.postgres.dump;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Whether a file compressed with lz4 has all its frames to their end. Nothing is decompressed: lengths and marks of an
 * end are enough to find a cut. Source: lz4_Frame_format.md of the lz4 project.
 */
final class Lz4Frames {
    private static final int MAGIC = 0x184D2204;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int BLOCK_CHECKSUM = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int DICTIONARY = 0x01;
    private static final int LARGEST = 4 << 20;

    private final InputStream in;

    private Lz4Frames(InputStream in) {
        this.in = in;
    }

    /** @throws IOException when it is cut off, or something else follows */
    static void check(InputStream in) throws IOException {
        Lz4Frames frames = new Lz4Frames(in);
        for (int first = in.read(); first >= 0; first = in.read()) {
            frames.frame(first);
        }
    }

    private void frame(int first) throws IOException {
        int magic = first | next() << 8 | next() << 16 | next() << 24;
        if ((magic & ~0xf) == SKIPPABLE) {
            in.skipNBytes(Integer.toUnsignedLong(number()));
            return;
        }
        if (magic != MAGIC) {
            throw new IOException("what follows the compressed data is none");
        }
        int flags = next();
        int blockSizes = next();
        if (flags >> 6 != 1 || (blockSizes & 0x8f) != 0) {
            throw new IOException("the header of a frame makes no sense");
        }
        in.skipNBytes(1L + ((flags & CONTENT_SIZE) != 0 ? 8 : 0) + ((flags & DICTIONARY) != 0 ? 4 : 0));
        for (int length = number(); length != 0; length = number()) {
            int bytes = length & Integer.MAX_VALUE;
            if (bytes > LARGEST) {
                throw new IOException("the length of a block makes no sense");
            }
            in.skipNBytes(bytes + ((flags & BLOCK_CHECKSUM) != 0 ? 4L : 0));
        }
        in.skipNBytes((flags & CONTENT_CHECKSUM) != 0 ? 4 : 0);
    }

    private int number() throws IOException {
        return next() | next() << 8 | next() << 16 | next() << 24;
    }

    private int next() throws IOException {
        int each = in.read();
        if (each < 0) {
            throw new EOFException("the end of the compressed data is missing");
        }
        return each;
    }
}
