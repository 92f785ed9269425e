package dev.pgkeep.format.pgtext;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers as they stand in rows: big-endian. */
final class BinaryValue {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BinaryValue() {}

    static short int16(byte[] in, int at) {
        return (short) SHORT.get(in, at);
    }

    static int uint16(byte[] in, int at) {
        return int16(in, at) & 0xffff;
    }

    static int int32(byte[] in, int at) {
        return (int) INT.get(in, at);
    }

    static long uint32(byte[] in, int at) {
        return int32(in, at) & 0xffff_ffffL;
    }

    static long int64(byte[] in, int at) {
        return (long) LONG.get(in, at);
    }

    static double float64(byte[] in, int at) {
        return Double.longBitsToDouble(int64(in, at));
    }
}
