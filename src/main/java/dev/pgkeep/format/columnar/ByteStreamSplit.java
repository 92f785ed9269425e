package dev.pgkeep.format.columnar;

import java.util.Arrays;

/** Numbers as bytes of the same rank side by side, or several numbers in a byte where they are very small. */
final class ByteStreamSplit {
    /** Above the counts of planes: one, two and four bits each. */
    private static final int BIT = 9;

    private static final int PAIR = 10;
    private static final int NIBBLE = 11;

    private ByteStreamSplit() {}

    /** The packing for numbers that have these bits among them. */
    static int packing(long any) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(any);
        return switch (bits) {
            case 0 -> 0;
            case 1 -> BIT;
            case 2 -> PAIR;
            case 3, 4 -> NIBBLE;
            default -> (bits + 7) / 8;
        };
    }

    /** The number of bytes that numbers take which have these bits among them. */
    static int bytes(long any, int count) {
        int packing = packing(any);
        return packing < BIT ? packing * count : (count * bits(packing) + 7) / 8;
    }

    private static int bits(int packing) {
        return 1 << (packing - BIT);
    }

    static void write(Output out, long[] values, int count, int packing) {
        if (packing >= BIT) {
            writeBits(out, values, count, bits(packing));
            return;
        }
        for (int plane = 0; plane < packing; plane++) {
            out.seam();
            int at = out.room(count);
            byte[] bytes = out.bytes;
            int shift = 8 * plane;
            for (int i = 0; i < count; i++) {
                bytes[at + i] = (byte) (values[i] >>> shift);
            }
        }
    }

    private static void writeBits(Output out, long[] values, int count, int bits) {
        int each = 8 / bits;
        int whole = count / each;
        out.seam();
        int at = out.room((count + each - 1) / each);
        byte[] bytes = out.bytes;
        int from = 0;
        for (int i = 0; i < whole; i++) {
            int packed = 0;
            for (int j = 0; j < each; j++) {
                packed |= (int) values[from++] << (j * bits);
            }
            bytes[at + i] = (byte) packed;
        }
        int packed = 0;
        for (int j = 0; from < count; j++) {
            packed |= (int) values[from++] << (j * bits);
            bytes[at + whole] = (byte) packed;
        }
    }

    static void read(Input in, long[] values, int count, int packing) {
        Damage.unless(packing <= NIBBLE, "numbers are packed in an unknown way");
        if (packing >= BIT) {
            readBits(in, values, count, bits(packing));
            return;
        }
        if (packing == 0) {
            Arrays.fill(values, 0, count, 0);
            return;
        }
        int at = in.skip((long) count * packing);
        byte[] bytes = in.bytes;
        for (int i = 0; i < count; i++) {
            values[i] = bytes[at + i] & 0xFF;
        }
        for (int plane = 1; plane < packing; plane++) {
            int from = at + plane * count;
            int shift = 8 * plane;
            for (int i = 0; i < count; i++) {
                values[i] |= (bytes[from + i] & 0xFFL) << shift;
            }
        }
    }

    private static void readBits(Input in, long[] values, int count, int bits) {
        int each = 8 / bits;
        int shift = Integer.numberOfTrailingZeros(each);
        int at = in.skip((count + each - 1) / each);
        byte[] bytes = in.bytes;
        int mask = (1 << bits) - 1;
        for (int i = 0; i < count; i++) {
            values[i] = bytes[at + (i >> shift)] >> ((i & (each - 1)) * bits) & mask;
        }
    }
}
