package dev.pgkeep.format.columnar;

import java.util.Arrays;

/** A growing array of bytes. */
final class Output {
    /** Bytes that a run must have so that others are set apart from it. */
    private static final int RUN = 1024;

    byte[] bytes;
    int size;

    /** The seams, where runs of bytes of another kind begin. */
    int[] seams = new int[64];

    int seamCount;

    Output() {
        this(1 << 12);
    }

    Output(int room) {
        bytes = new byte[room];
    }

    /** Makes room for more bytes (and {@link BigEndian#SLACK} after them) and tells where they begin. */
    int room(int more) {
        int at = size;
        long needed = (long) size + more + BigEndian.SLACK;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, grown(bytes.length, needed));
        }
        size += more;
        return at;
    }

    /** Bytes of another kind follow. */
    void seam() {
        if (size - (seamCount == 0 ? 0 : seams[seamCount - 1]) < RUN) {
            return;
        }
        if (seamCount == seams.length) {
            seams = Arrays.copyOf(seams, 2 * seamCount);
        }
        seams[seamCount++] = size;
    }

    void put(int value) {
        int at = room(1);
        bytes[at] = (byte) value;
    }

    void put(byte[] source, int offset, int length) {
        int at = room(length);
        System.arraycopy(source, offset, bytes, at, length);
    }

    /** Seven bits a byte, the lowest first, the eighth bit set on all but the last. */
    void putUnsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((int) rest | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    /** Zigzag: 0, -1, 1, -2, … as 0, 1, 2, 3, … */
    void putSigned(long value) {
        putUnsigned((value << 1) ^ (value >> 63));
    }

    /** The next length of a growing array. */
    static int grown(int length, long needed) {
        if (needed > Limits.BUFFER) {
            throw new IllegalStateException("a chunk of " + needed + " bytes");
        }
        return (int) Math.min(Limits.BUFFER, Math.max(needed, length + (length >> 1) + 64L));
    }
}
