package dev.pgkeep.format.columnar;

import java.util.HexFormat;

/**
 * XXH3-128 with seed 0 of whole rows, from 17 bytes on. What hash4j computes, which has more layers than a compiler
 * ahead of time looks through.
 */
final class Xxh3 {
    /** The fewest bytes. */
    static final int LEAST = 17;

    private static final int SHORT = 128;
    private static final int MIDDLE = 240;
    private static final int STRIPE = 64;
    private static final int STRIPES = 16;
    private static final int BLOCK = STRIPE * STRIPES;

    private static final byte[] SECRET = HexFormat.of()
            .parseHex("b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
                    + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
                    + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                    + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
                    + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
                    + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");
    private static final long[] KEYS = keys();

    private static final long P32A = 0x9E3779B1L;
    private static final long P32B = 0x85EBCA77L;
    private static final long P32C = 0xC2B2AE3DL;
    private static final long P64A = 0x9E3779B185EBCA87L;
    private static final long P64B = 0xC2B2AE3D27D4EB4FL;
    private static final long P64C = 0x165667B19E3779F9L;
    private static final long P64D = 0x85EBCA77C2B2AE63L;
    private static final long P64E = 0x27D4EB2F165667C5L;
    private static final long LOW = 0xFFFFFFFFL;

    /** Lower 64 bits of the last hash. */
    long low;

    /** Upper 64 bits. */
    long high;

    private long a0;
    private long a1;
    private long a2;
    private long a3;
    private long a4;
    private long a5;
    private long a6;
    private long a7;

    /** Hashes {@link #LEAST} bytes or more. */
    void hash(byte[] bytes, int at, int length) {
        if (length > MIDDLE) {
            wide(bytes, at, length);
            return;
        }
        low = length * P64A;
        high = 0;
        if (length <= SHORT) {
            for (int i = (length - 1) >> 5; i >= 0; i--) {
                mix(bytes, at + 16 * i, at + length - 16 * i - 16, 32 * i);
            }
        } else {
            middle(bytes, at, length);
        }
        long sum = low + high;
        high = -avalanche(low * P64A + high * P64D + length * P64B);
        low = avalanche(sum);
    }

    private void middle(byte[] bytes, int at, int length) {
        for (int i = 0; i < SHORT; i += 32) {
            mix(bytes, at + i, at + i + 16, i);
        }
        low = avalanche(low);
        high = avalanche(high);
        for (int i = SHORT; i + 32 <= length; i += 32) {
            mix(bytes, at + i, at + i + 16, i - 125);
        }
        mix(bytes, at + length - 16, at + length - 32, 103);
    }

    private void mix(byte[] bytes, int one, int two, int secret) {
        long a = BigEndian.swappedAt(bytes, one);
        long b = BigEndian.swappedAt(bytes, one + 8);
        long c = BigEndian.swappedAt(bytes, two);
        long d = BigEndian.swappedAt(bytes, two + 8);
        long first = fold(a ^ BigEndian.swappedAt(SECRET, secret), b ^ BigEndian.swappedAt(SECRET, secret + 8));
        long second = fold(c ^ BigEndian.swappedAt(SECRET, secret + 16), d ^ BigEndian.swappedAt(SECRET, secret + 24));
        low = (low + first) ^ (c + d);
        high = (high + second) ^ (a + b);
    }

    private void wide(byte[] bytes, int at, int length) {
        a0 = P32C;
        a1 = P64A;
        a2 = P64B;
        a3 = P64C;
        a4 = P64D;
        a5 = P32B;
        a6 = P64E;
        a7 = P32A;
        int last = length - 1;
        int whole = last - last % BLOCK;
        for (int block = 0; block < whole; block += BLOCK) {
            stripes(bytes, at + block, STRIPES);
            scramble();
        }
        stripes(bytes, at + whole, (last - whole) / STRIPE);
        lastStripe(bytes, at + length - STRIPE);
        low = merged(11, length * P64A);
        high = merged(117, ~(length * P64B));
    }

    private void stripes(byte[] bytes, int from, int count) {
        long b0 = a0;
        long b1 = a1;
        long b2 = a2;
        long b3 = a3;
        long b4 = a4;
        long b5 = a5;
        long b6 = a6;
        long b7 = a7;
        int at = from;
        for (int i = 0; i < count; i++) {
            long v0 = BigEndian.swappedAt(bytes, at);
            long v1 = BigEndian.swappedAt(bytes, at + 8);
            long v2 = BigEndian.swappedAt(bytes, at + 16);
            long v3 = BigEndian.swappedAt(bytes, at + 24);
            b0 += v1 + product(v0 ^ KEYS[i]);
            b1 += v0 + product(v1 ^ KEYS[i + 1]);
            b2 += v3 + product(v2 ^ KEYS[i + 2]);
            b3 += v2 + product(v3 ^ KEYS[i + 3]);
            v0 = BigEndian.swappedAt(bytes, at + 32);
            v1 = BigEndian.swappedAt(bytes, at + 40);
            v2 = BigEndian.swappedAt(bytes, at + 48);
            v3 = BigEndian.swappedAt(bytes, at + 56);
            b4 += v1 + product(v0 ^ KEYS[i + 4]);
            b5 += v0 + product(v1 ^ KEYS[i + 5]);
            b6 += v3 + product(v2 ^ KEYS[i + 6]);
            b7 += v2 + product(v3 ^ KEYS[i + 7]);
            at += STRIPE;
        }
        a0 = b0;
        a1 = b1;
        a2 = b2;
        a3 = b3;
        a4 = b4;
        a5 = b5;
        a6 = b6;
        a7 = b7;
    }

    private void lastStripe(byte[] bytes, int at) {
        a0 += BigEndian.swappedAt(bytes, at + 8) + product(keyed(bytes, at, 121));
        a1 += BigEndian.swappedAt(bytes, at) + product(keyed(bytes, at + 8, 129));
        a2 += BigEndian.swappedAt(bytes, at + 24) + product(keyed(bytes, at + 16, 137));
        a3 += BigEndian.swappedAt(bytes, at + 16) + product(keyed(bytes, at + 24, 145));
        a4 += BigEndian.swappedAt(bytes, at + 40) + product(keyed(bytes, at + 32, 153));
        a5 += BigEndian.swappedAt(bytes, at + 32) + product(keyed(bytes, at + 40, 161));
        a6 += BigEndian.swappedAt(bytes, at + 56) + product(keyed(bytes, at + 48, 169));
        a7 += BigEndian.swappedAt(bytes, at + 48) + product(keyed(bytes, at + 56, 177));
    }

    private void scramble() {
        a0 = scrambled(a0, 16);
        a1 = scrambled(a1, 17);
        a2 = scrambled(a2, 18);
        a3 = scrambled(a3, 19);
        a4 = scrambled(a4, 20);
        a5 = scrambled(a5, 21);
        a6 = scrambled(a6, 22);
        a7 = scrambled(a7, 23);
    }

    private static long scrambled(long sum, int key) {
        return (sum ^ sum >>> 47 ^ KEYS[key]) * P32A;
    }

    private long merged(int secret, long start) {
        long sum = start
                + fold(a0 ^ BigEndian.swappedAt(SECRET, secret), a1 ^ BigEndian.swappedAt(SECRET, secret + 8))
                + fold(a2 ^ BigEndian.swappedAt(SECRET, secret + 16), a3 ^ BigEndian.swappedAt(SECRET, secret + 24))
                + fold(a4 ^ BigEndian.swappedAt(SECRET, secret + 32), a5 ^ BigEndian.swappedAt(SECRET, secret + 40))
                + fold(a6 ^ BigEndian.swappedAt(SECRET, secret + 48), a7 ^ BigEndian.swappedAt(SECRET, secret + 56));
        return avalanche(sum);
    }

    private static long keyed(byte[] bytes, int at, int secret) {
        return BigEndian.swappedAt(bytes, at) ^ BigEndian.swappedAt(SECRET, secret);
    }

    private static long product(long keyed) {
        return (keyed & LOW) * (keyed >>> 32);
    }

    private static long fold(long a, long b) {
        return a * b ^ Math.unsignedMultiplyHigh(a, b);
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ hash >>> 37) * 0x165667919E3779F9L;
        return mixed ^ mixed >>> 32;
    }

    private static long[] keys() {
        long[] keys = new long[SECRET.length / Long.BYTES];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = BigEndian.swappedAt(SECRET, Long.BYTES * i);
        }
        return keys;
    }
}
