package dev.pgkeep.format.manifest;

import dev.pgkeep.base.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The checksum of metadata, its first line: the SHA-256 of the file without that line. Nothing else protects a time, an
 * owner or a locale from a bit that flips.
 */
final class MetadataSeal {
    private static final String BEGIN = "{\n";
    private static final byte[] BEFORE = (BEGIN + "  \"sha256\": \"").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "\",\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 64;

    private MetadataSeal() {}

    /** @param json as we write it */
    static byte[] put(byte[] json) {
        byte[] digits = digits(json);
        byte[] sealed = Arrays.copyOf(BEFORE, BEFORE.length + DIGITS + AFTER.length + json.length - BEGIN.length());
        System.arraycopy(digits, 0, sealed, BEFORE.length, DIGITS);
        System.arraycopy(AFTER, 0, sealed, BEFORE.length + DIGITS, AFTER.length);
        int rest = BEFORE.length + DIGITS + AFTER.length;
        System.arraycopy(json, BEGIN.length(), sealed, rest, json.length - BEGIN.length());
        return sealed;
    }

    /** Whether there is a checksum that does not fit. What was written before there were any has none. */
    static boolean isBroken(byte[] json) {
        int rest = BEFORE.length + DIGITS + AFTER.length;
        if (json.length < rest || !Arrays.equals(json, 0, BEFORE.length, BEFORE, 0, BEFORE.length)) {
            return false;
        }
        byte[] plain = Arrays.copyOf(BEFORE, BEGIN.length() + json.length - rest);
        System.arraycopy(json, rest, plain, BEGIN.length(), json.length - rest);
        return !Arrays.equals(json, BEFORE.length + DIGITS, rest, AFTER, 0, AFTER.length)
                || !Arrays.equals(json, BEFORE.length, BEFORE.length + DIGITS, digits(plain), 0, DIGITS);
    }

    private static byte[] digits(byte[] json) {
        return Sha256.hex(json).getBytes(StandardCharsets.US_ASCII);
    }
}
