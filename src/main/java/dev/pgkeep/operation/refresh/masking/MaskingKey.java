package dev.pgkeep.operation.refresh.masking;

import dev.pgkeep.base.secret.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of the hashes, made from the user's secret, which itself is given to nobody. The server computes HMAC-SHA256
 * from the two halves that a key is expanded to.
 */
public final class MaskingKey {
    private static final int BLOCK = 64;
    private static final byte[] PURPOSE = "pgkeep masking 1".getBytes(StandardCharsets.UTF_8);

    private final byte[] key;

    private MaskingKey(byte[] key) {
        this.key = key;
        KnownSecrets.add(inner());
        KnownSecrets.add(outer());
    }

    /** @param secret at least one character */
    public static MaskingKey of(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return new MaskingKey(mac.doFinal(PURPOSE));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    /** A key that nobody knows and that is not kept. */
    public static MaskingKey random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new MaskingKey(key);
    }

    /** The inner padded key, in hexadecimal digits. */
    public String inner() {
        return padded((byte) 0x36);
    }

    /** The outer padded key, in hexadecimal digits. */
    public String outer() {
        return padded((byte) 0x5c);
    }

    private String padded(byte pad) {
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= pad;
        }
        return HexFormat.of().formatHex(block);
    }

    /** Prints nothing of the key. */
    @Override
    public String toString() {
        return "MaskingKey";
    }
}
