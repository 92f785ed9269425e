package dev.pgkeep.postgres.dump;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Compressed data on its way to the decompressor of zstd, which takes a few bytes behind a frame for its end: here the
 * data may end nowhere but behind a whole frame. Source: RFC 8878, section 3.1.
 */
final class ZstdFrames extends FilterInputStream {
    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int SINGLE_SEGMENT = 0x20;
    private static final int CHECKSUM = 4;
    private static final int RUN = 1;
    private static final int RESERVED = 3;

    /** The part of a frame that comes next. */
    private enum State {
        MAGIC,
        DESCRIPTOR,
        SKIPPED_LENGTH,
        BLOCK
    }

    private State state = State.MAGIC;
    /** Bytes of the field that is being read. */
    private int have;

    private long field;
    /** Bytes that mean nothing here. */
    private long skip;

    private int checksum;

    ZstdFrames(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = in.read(bytes, from, length);
        if (count < 0 && !(state == State.MAGIC && have == 0 && skip == 0)) {
            throw new EOFException("the end of the compressed data is missing");
        }
        for (int at = from; at < from + count; at++) {
            if (skip > 0) {
                long passed = Math.min(skip, from + count - at);
                skip -= passed;
                at += (int) passed - 1;
            } else {
                take(bytes[at] & 0xffL);
            }
        }
        return count;
    }

    private void take(long each) throws IOException {
        field |= each << 8 * have++;
        int size = switch (state) {
            case MAGIC, SKIPPED_LENGTH -> 4;
            case DESCRIPTOR -> 1;
            case BLOCK -> 3;
        };
        if (have == size) {
            long whole = field;
            have = 0;
            field = 0;
            next((int) whole);
        }
    }

    private void next(int value) throws IOException {
        switch (state) {
            case MAGIC -> {
                if (value != MAGIC && (value & ~0xf) != SKIPPABLE) {
                    throw new IOException("what follows the compressed data is none");
                }
                state = value == MAGIC ? State.DESCRIPTOR : State.SKIPPED_LENGTH;
            }
            case SKIPPED_LENGTH -> {
                skip = Integer.toUnsignedLong(value);
                state = State.MAGIC;
            }
            case DESCRIPTOR -> {
                boolean single = (value & SINGLE_SEGMENT) != 0;
                int dictionary = new int[] {0, 1, 2, 4}[value & 3];
                int content = new int[] {single ? 1 : 0, 2, 4, 8}[value >> 6 & 3];
                skip = (single ? 0L : 1L) + dictionary + content;
                checksum = (value & CHECKSUM) != 0 ? 4 : 0;
                state = State.BLOCK;
            }
            case BLOCK -> {
                boolean last = (value & 1) != 0;
                int type = value >> 1 & 3;
                if (type == RESERVED) {
                    throw new IOException("a block of the compressed data makes no sense");
                }
                skip = (type == RUN ? 1 : value >>> 3) + (last ? checksum : 0);
                state = last ? State.MAGIC : State.BLOCK;
            }
        }
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("it is read from its first to its last byte");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
