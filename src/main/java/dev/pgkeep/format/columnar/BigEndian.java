package dev.pgkeep.format.columnar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays. PostgreSQL's are big-endian. */
public final class BigEndian {
    /**
     * The number of bytes past a value that {@link #copy} may write (and read): buffers keep that much room at their
     * end.
     */
    static final int SLACK = 16;

    /** The most bytes for which a call is not worth it. */
    private static final int FEW = 48;

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle SWAPPED =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private BigEndian() {}

    public static short shortAt(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at);
    }

    public static int intAt(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    public static long longAt(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Eight bytes, the first one lowest: what searches need, whose carries run upwards. */
    static long swappedAt(byte[] bytes, int at) {
        return (long) SWAPPED.get(bytes, at);
    }

    static void putShort(byte[] bytes, int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }

    /** A signed number of 1, 2, 4 or 8 bytes. */
    static long signedAt(byte[] bytes, int at, int width) {
        return switch (width) {
            case 1 -> bytes[at];
            case 2 -> shortAt(bytes, at);
            case 4 -> intAt(bytes, at);
            default -> longAt(bytes, at);
        };
    }

    /** Copies a few bytes faster than arraycopy does; may write {@link #SLACK} bytes past the target's end. */
    static void copy(byte[] source, int from, byte[] target, int to, int length) {
        if (length <= FEW && from + length + SLACK <= source.length) {
            // In the order of most machines, so that nothing is turned around twice.
            for (int done = 0; done < length; done += Long.BYTES) {
                SWAPPED.set(target, to + done, (long) SWAPPED.get(source, from + done));
            }
        } else {
            System.arraycopy(source, from, target, to, length);
        }
    }

    /**
     * Whether so many bytes are the same; reads up to seven bytes past either end.
     *
     * @param length may be 0
     */
    static boolean same(byte[] one, int from, byte[] other, int at, int length) {
        int done = 0;
        for (; done + Long.BYTES <= length; done += Long.BYTES) {
            if (swappedAt(one, from + done) != swappedAt(other, at + done)) {
                return false;
            }
        }
        return done == length || lowest(swappedAt(one, from + done) ^ swappedAt(other, at + done), length - done) == 0;
    }

    /** The first bytes of eight, as {@link #swappedAt} has them, for a count from 1 to 8: moved to the upper end. */
    static long lowest(long word, int bytes) {
        return word << (Long.SIZE - Byte.SIZE * bytes);
    }

    public static int unsignedShortAt(byte[] bytes, int at) {
        return shortAt(bytes, at) & 0xffff;
    }

    public static long unsignedIntAt(byte[] bytes, int at) {
        return intAt(bytes, at) & 0xffff_ffffL;
    }

    public static double doubleAt(byte[] bytes, int at) {
        return Double.longBitsToDouble(longAt(bytes, at));
    }
}
