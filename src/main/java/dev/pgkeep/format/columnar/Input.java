package dev.pgkeep.format.columnar;

/** Reads the bytes of a chunk, never past their end. */
final class Input {
    final byte[] bytes;
    private final int end;
    private int at;

    Input(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    int left() {
        return end - at;
    }

    /** Passes over some bytes and tells where they begin. */
    int skip(long length) {
        Damage.unless(length >= 0 && length <= left(), "it is cut off");
        int begin = at;
        at += (int) length;
        return begin;
    }

    int next() {
        return bytes[skip(1)] & 0xFF;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int part = next();
            value |= (long) (part & 0x7F) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw Damage.of("a number has too many digits");
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number that may be at most so large. */
    int upTo(long limit) {
        long value = unsigned();
        Damage.unless(value >= 0 && value <= limit, "a number is too large");
        return (int) value;
    }
}
