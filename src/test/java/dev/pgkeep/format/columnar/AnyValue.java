package dev.pgkeep.format.columnar;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/** Values of many kinds, for properties. */
final class AnyValue {
    static final int KINDS = 23;

    private AnyValue() {}

    static byte[] of(int kind, int row, Random random, boolean text) {
        byte[] value = any(kind, row, random);
        if (text) {
            for (int i = 0; i < value.length; i++) {
                value[i] = value[i] == '\t' || value[i] == '\n' || value[i] == '\\' ? (byte) '!' : value[i];
            }
        }
        return value;
    }

    private static byte[] any(int kind, int row, Random random) {
        return switch (kind) {
            case 0 -> Rows.int8(random.nextLong());
            case 1 -> Rows.int8(1_000_000L * (row * 7L + random.nextInt(3)));
            case 2 -> Arrays.copyOf(Rows.int8(random.nextLong()), 1 << random.nextInt(4));
            case 3 -> Rows.text(new String[] {"new", "paid", "shipped", ""}[random.nextInt(4)]);
            case 4 -> bytes(random, random.nextInt(40));
            case 5 ->
                Rows.text("order " + row + " of 007, " + random.nextInt(1000) + (random.nextInt(9) == 0 ? "é" : ""));
            case 6 -> Rows.text(new UUID(random.nextLong(), random.nextLong()).toString());
            case 7 ->
                Rows.text("x" + HexFormat.of().formatHex(bytes(random, 6 + random.nextInt(20)))
                        + Integer.toString(random.nextInt(9)).repeat(random.nextInt(3)));
            case 8 ->
                ByteBuffer.allocate(8)
                        .putDouble(random.nextInt(100_000) / 100.0)
                        .array();
            case 9 -> numeric(random);
            case 10 ->
                ByteBuffer.allocate(4)
                        .putInt(random.nextInt(5) == 0 ? Integer.MIN_VALUE : random.nextInt(-9, 9))
                        .array();
            case 11 -> bytes(random, 16);
            case 12 ->
                Rows.text("abcdefab-" + "0123456789abcdef-".substring(random.nextInt(9))
                        + "9".repeat(random.nextInt(25)));
            case 13 -> Rows.text("0".repeat(random.nextInt(5)) + random.nextLong() + "-" + random.nextInt(32));
            case 14 -> Rows.real8(real(random, row % 40 == 7));
            case 15 -> Rows.real4((float) real(random, row % 40 == 7));
            case 16 -> Rows.text("\u0001" + json(row, random));
            case 17 -> Rows.text(json(row, random));
            case 18 -> brokenJson(row, random);
            case 19 -> array(random, random.nextInt(300) == 0);
            case 20 -> Rows.int8(row / (7 + row % 3) * 1_000_003L);
            case 21 -> Rows.text("{" + random.nextInt(9) + ",x}");
            default -> Rows.int8(random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE);
        };
    }

    private static byte[] numeric(Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> Rows.numeric(0, 0xC000, 0);
            case 1 -> Rows.numeric(0, 0x4000, 2, 0, 5);
            case 2 -> Rows.numeric(random.nextInt(9), 0, 30, 1, 2, 3);
            case 3 -> Rows.numeric(0, 0, random.nextInt(9));
            default ->
                Rows.numeric(
                        random.nextInt(-1, 2),
                        random.nextBoolean() ? 0 : 0x4000,
                        random.nextInt(3, 8),
                        1 + random.nextInt(9999));
        };
    }

    private static String json(int row, Random random) {
        String optional = random.nextBoolean() ? "" : ", \"on\": [true, null, {\"e\": \"\"}, -1.5E+7]";
        return "{\"id\": " + row + ", \"say \\\"hi\\\"\": \"a\\\\\", \"tags\": [\"x" + random.nextInt(4) + "\", \"é\"]"
                + optional + "}";
    }

    private static byte[] brokenJson(int row, Random random) {
        byte[] bytes = Rows.text(json(row, random));
        if (random.nextInt(200) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) "\"\\\u00ff:{".charAt(random.nextInt(5));
        }
        return random.nextInt(200) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static byte[] array(Random random, boolean odd) {
        int elements = random.nextInt(5);
        var buffer =
                ByteBuffer.allocate(200).putInt(elements == 0 ? 0 : 1).putInt(1).putInt(25);
        if (elements > 0) {
            buffer.putInt(elements + (odd ? random.nextInt(-1, 2) : 0)).putInt(1);
        }
        for (int i = 0; i < elements; i++) {
            byte[] element = Rows.text("tag" + random.nextInt(30));
            if (random.nextInt(9) == 0) {
                buffer.putInt(-1);
            } else {
                buffer.putInt(element.length).put(element);
            }
        }
        return Arrays.copyOf(buffer.array(), buffer.position() + (odd ? random.nextInt(2) : 0));
    }

    private static double real(Random random, boolean odd) {
        if (!odd) {
            return random.nextInt(-1000, 1_000_000) / 100.0;
        }
        double[] odds = {Double.NaN, -0.0, 1e300, Double.NEGATIVE_INFINITY, Math.PI, Double.MIN_VALUE, 1L << 53};
        return odds[random.nextInt(odds.length)];
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
